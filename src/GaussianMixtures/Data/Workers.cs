using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace GaussianMixtures.Data;

/// <summary>
/// The one door to threads. Whoever comes through it has already fixed what is computed; here it is only shared out. Threads of the pool
/// that helped with one call stay at hand for the next, as the passes of a fit follow each other closely and a thread that sleeps may
/// take the system milliseconds to wake. They go when no call comes for a while, and at once where others wait for a thread of the pool.
/// </summary>
internal sealed class Workers : IDisposable
{
    /// <summary>How long a thread without work looks for some before it sleeps or goes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1);

    private readonly int _degree;
    private readonly Lock _lock = new();
    private readonly List<Call> _open = [];
    private volatile int _changes;
    private bool _isDisposed;

    /// <summary>Threads that were called and have not come yet.</summary>
    private volatile int _called;

    /// <summary>Threads that look for work.</summary>
    private int _idle;

    /// <param name="degree">Threads for each call, the caller's included; null: one per core.</param>
    public Workers(int? degree)
    {
        _degree = Threads(degree);
    }

    /// <summary>No thread but the caller's.</summary>
    public static Workers None { get; } = new(1);

#pragma warning disable RS0030 // this is the one room that knows threads
    /// <summary>Whether the pool has work for which it lacks a thread, beside what is called for here.</summary>
    private bool OthersWait => ThreadPool.PendingWorkItemCount > _called;

    private static int Threads(int? degree) => degree ?? Environment.ProcessorCount;
#pragma warning restore RS0030

    /// <summary>The threads left to each of <paramref name="count"/> bodies that run side by side on at most <paramref name="degree"/>.</summary>
    public static int Share(int count, int? degree) => Math.Max(1, Threads(degree) / count);

    /// <summary>
    /// Runs <paramref name="body"/> for 0 … count − 1. When some fail, the failure of the lowest index is thrown, so that errors do not
    /// depend on timing either. Several threads may call at once, and bodies too.
    /// </summary>
    public void For(int count, Action<int> body, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int threads = Math.Min(count, _degree);
        if (threads <= 1)
        {
            for (int i = 0; i < count; i++)
            {
                body(i);
            }

            return;
        }

        Call call = new(count, threads - 1, body);
        lock (_lock)
        {
            _open.Add(call);
            _changes++;
        }

        CallOneMore();
        call.Work();
        lock (_lock)
        {
            _open.Remove(call);
        }

        call.Wait();
    }

    /// <summary>Lets the threads at hand go at once.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _changes++;
        }
    }

    /// <summary>Calls a thread, if one is missing. Who comes calls the next, so that in the pool's queue no more than one stands before others.</summary>
    private void CallOneMore()
    {
        lock (_lock)
        {
            if (_called > 0 || _open.Sum(call => call.Seats) <= _idle)
            {
                return;
            }

            _called++;
        }

#pragma warning disable RS0030 // this is the one room that knows threads
        ThreadPool.QueueUserWorkItem(workers => workers.Help(), this, preferLocal: false);
#pragma warning restore RS0030
    }

    private void Help()
    {
        lock (_lock)
        {
            _called--;
            _idle++;
        }

        while (Next() is Call call)
        {
            CallOneMore();
            call.Work();
            lock (_lock)
            {
                _idle++;
            }
        }
    }

    /// <summary>A call that can do with one more thread, now or soon; or null. Either way this thread is no longer idle.</summary>
    private Call? Next()
    {
        long since = Stopwatch.GetTimestamp();
        SpinWait spin = default;
        while (true)
        {
            bool hasToGo = Stopwatch.GetElapsedTime(since) >= Patience || (spin.Count > 0 && OthersWait);
            int changes;
            lock (_lock)
            {
                Call? call = _open.Find(open => open.TryJoin());
                if (call is not null || hasToGo || _isDisposed)
                {
                    _idle--;
                    return call;
                }

                changes = _changes;
            }

            do
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
            while (_changes == changes && Stopwatch.GetElapsedTime(since) < Patience && !OthersWait);
        }
    }

    /// <summary>Bodies to run. Each thread takes the next, so that they finish nearly in order: what waits for its predecessors waits briefly.</summary>
    private sealed class Call
    {
        private readonly int _count;
        private readonly Action<int> _body;
        private readonly object _gate = new();
        private readonly int _helpers;
        private volatile int _left;
        private int _next = -1;
        private int _joined;
        private int _failed;
        private ExceptionDispatchInfo? _failure;

        public Call(int count, int helpers, Action<int> body)
        {
            _count = count;
            _body = body;
            _left = count;
            _failed = count;
            _helpers = helpers;
        }

        /// <summary>Threads it can do with, beside those that have joined: none, once every body has been begun.</summary>
        public int Seats => Volatile.Read(ref _next) < _count - 1 ? _helpers - _joined : 0;

        /// <summary>Whether there is work for one more; asked by one thread at a time.</summary>
        public bool TryJoin()
        {
            bool isWelcome = Seats > 0;
            _joined += isWelcome ? 1 : 0;
            return isWelcome;
        }

        public void Work()
        {
            for (int i = Interlocked.Increment(ref _next); i < _count; i = Interlocked.Increment(ref _next))
            {
                try
                {
                    _body(i);
                }
                catch (Exception failure)
                {
                    Note(i, failure);
                }

                if (Interlocked.Decrement(ref _left) == 0)
                {
                    lock (_gate)
                    {
                        Monitor.PulseAll(_gate);
                    }
                }
            }
        }

        public void Wait()
        {
            long since = Stopwatch.GetTimestamp();
            SpinWait spin = default;
            while (_left > 0 && Stopwatch.GetElapsedTime(since) < Patience)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            lock (_gate)
            {
                while (_left > 0)
                {
                    Monitor.Wait(_gate);
                }
            }

            _failure?.Throw();
        }

        private void Note(int index, Exception failure)
        {
            lock (_gate)
            {
                if (index < _failed)
                {
                    _failed = index;
                    _failure = ExceptionDispatchInfo.Capture(failure);
                }
            }
        }
    }
}
