namespace GaussianMixtures.Tests;

/// <summary>Keeps what a fit reports, in the thread that reports it, and may act on it.</summary>
internal sealed class ProgressLog(Action<FitProgress>? then = null) : IProgress<FitProgress>
{
    private readonly List<FitProgress> entries = [];

    public IReadOnlyList<FitProgress> Entries
    {
        get
        {
            lock (entries)
                return [.. entries];
        }
    }

    public void Report(FitProgress value)
    {
        lock (entries)
            entries.Add(value);
        then?.Invoke(value);
    }
}
