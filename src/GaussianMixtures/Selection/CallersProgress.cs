namespace GaussianMixtures.Selection;

/// <summary>Hands reports on. What the caller's progress throws ends the search: no candidate is to blame for it.</summary>
internal sealed class CallersProgress(IProgress<FitProgress> progress) : IProgress<FitProgress>
{
    public bool HasThrown { get; private set; }

    public void Report(FitProgress value)
    {
        try
        {
            progress.Report(value);
        }
        catch
        {
            HasThrown = true;
            throw;
        }
    }
}
