using System.Runtime.ExceptionServices;

namespace GaussianMixtures.Data;

/// <summary>The one door to threads. Whoever comes through it has already fixed what is computed; here it is only shared out.</summary>
internal static class Workers
{
    /// <summary>The threads left to each of <paramref name="count"/> bodies that run side by side on at most <paramref name="degree"/>.</summary>
#pragma warning disable RS0030 // this is the one room that knows threads
    public static int Share(int count, int? degree) => Math.Max(1, (degree ?? Environment.ProcessorCount) / count);
#pragma warning restore RS0030

    /// <summary>
    /// Runs <paramref name="body"/> for 0 … count − 1 on at most <paramref name="degree"/> threads (null: one per core). When
    /// some fail, the failure of the lowest index is thrown, so that errors do not depend on timing either.
    /// </summary>
    public static void For(int count, int? degree, Action<int> body, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
#pragma warning disable RS0030 // this is the one room that knows threads
        int threads = Math.Min(count, degree ?? Environment.ProcessorCount);
        if (threads == 1)
        {
            for (int i = 0; i < count; i++)
            {
                body(i);
            }

            return;
        }

        // Each thread takes the next index, so that indices finish nearly in order: what waits for its predecessors waits briefly.
        ExceptionDispatchInfo?[] failures = new ExceptionDispatchInfo?[count];
        int next = -1;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                try
                {
                    body(i);
                }
                catch (Exception failure)
                {
                    failures[i] = ExceptionDispatchInfo.Capture(failure);
                }
            }
        });
#pragma warning restore RS0030
        Array.Find(failures, failure => failure is not null)?.Throw();
    }
}
