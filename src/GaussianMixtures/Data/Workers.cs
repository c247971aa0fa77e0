using System.Runtime.ExceptionServices;

namespace GaussianMixtures.Data;

/// <summary>
/// The one door to threads. Whoever comes through it has already fixed what is computed; here it is only shared out. Threads that
/// helped with one call stay at hand for the next, as the passes of a fit follow each other closely and a thread that sleeps may take
/// the system milliseconds to wake; left without work they go.
/// </summary>
internal sealed class Workers : IDisposable
{
    /// <summary>How often a thread without work looks for some, in about a millisecond, before it sleeps or goes.</summary>
    private const int Patience = 2000;

    private readonly int _degree;
    private readonly Lock _lock = new();
    private readonly List<Call> _open = [];
    private volatile int _changes;
    private int _wanted;
    private int _helpers;
    private bool _isDisposed;

    /// <summary>No thread but the caller's.</summary>
    public static Workers None { get; } = new(1);

    /// <param name="degree">Threads for each call, the caller's included; null: one per core.</param>
    public Workers(int? degree)
    {
#pragma warning disable RS0030 // this is the one room that knows threads
        _degree = degree ?? Environment.ProcessorCount;
#pragma warning restore RS0030
    }

    /// <summary>The threads left to each of <paramref name="count"/> bodies that run side by side on at most <paramref name="degree"/>.</summary>
#pragma warning disable RS0030 // this is the one room that knows threads
    public static int Share(int count, int? degree) => Math.Max(1, (degree ?? Environment.ProcessorCount) / count);
#pragma warning restore RS0030

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
        Open(call);
        call.Work();
        Close(call);
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

    private void Open(Call call)
    {
        int missing;
        lock (_lock)
        {
            _open.Add(call);
            _wanted += call.Helpers;
            missing = Math.Max(0, _wanted - _helpers);
            _helpers += missing;
            _changes++;
        }

        for (int i = 0; i < missing; i++)
        {
#pragma warning disable RS0030 // this is the one room that knows threads
            ThreadPool.QueueUserWorkItem(workers => workers.Help(), this, preferLocal: false);
#pragma warning restore RS0030
        }
    }

    private void Close(Call call)
    {
        lock (_lock)
        {
            _open.Remove(call);
            _wanted -= call.Helpers;
        }
    }

    private void Help()
    {
        while (Next() is Call call)
        {
            call.Work();
        }
    }

    /// <summary>A call that can do with one more thread, now or soon; or null, and this thread no longer counts.</summary>
    private Call? Next()
    {
        SpinWait spin = default;
        while (true)
        {
            int changes;
            lock (_lock)
            {
                if (_open.Find(call => call.TryJoin()) is Call call)
                {
                    return call;
                }

                if (_isDisposed || spin.Count >= Patience)
                {
                    _helpers--;
                    return null;
                }

                changes = _changes;
            }

            while (_changes == changes && spin.Count < Patience)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>Bodies to run. Each thread takes the next, so that they finish nearly in order: what waits for its predecessors waits briefly.</summary>
    private sealed class Call
    {
        private readonly int _count;
        private readonly Action<int> _body;
        private readonly object _gate = new();
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
            Helpers = helpers;
        }

        /// <summary>Threads it can use beside the caller's.</summary>
        public int Helpers { get; }

        /// <summary>Whether there is work for one more; asked by one thread at a time.</summary>
        public bool TryJoin()
        {
            bool isWelcome = _joined < Helpers && Volatile.Read(ref _next) < _count - 1;
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
            for (SpinWait spin = default; _left > 0 && spin.Count < Patience; spin.SpinOnce(sleep1Threshold: -1))
            {
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
