using System.Diagnostics;
using GaussianMixtures;

namespace QuickStart;

/// <summary>
/// Shows how far the search is: one line that redraws itself on a terminal, one plain line where the output is a file or a
/// pipe. Candidates run in parallel, so reports arrive from several threads.
/// </summary>
internal sealed class SearchDisplay : IProgress<FitProgress>, IDisposable
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(40);

    private readonly bool _live = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
    private readonly Lock _gate = new();
    private readonly HashSet<(CovarianceType, int)> _begun = [];
    private readonly int _total;
    private int _drawn;
    private long _lastDraw;

    public SearchDisplay(ModelSelection search)
    {
        _total = search.Components.Count() * search.CovarianceTypes.Count();
        if (!_live)
        {
            Console.WriteLine($"fitting {_total} mixtures");
        }
    }

    /// <summary>An iteration of some candidate has ended.</summary>
    public void Report(FitProgress value)
    {
        lock (_gate)
        {
            _begun.Add((value.CovarianceType, value.Components));
            if (_live && Stopwatch.GetElapsedTime(_lastDraw) >= RedrawInterval)
            {
                Draw(value);
            }
        }
    }

    /// <summary>Clears the live line.</summary>
    public void Dispose()
    {
        if (_live)
        {
            Redraw("");
            Console.Write("\r");
        }
    }

    private void Draw(FitProgress value)
    {
        const int Cells = 24;
        int full = Cells * (_begun.Count - 1) / _total;
        string bar = new string('#', full).PadRight(Cells, '.');
        Redraw($"[{bar}] {_begun.Count}/{_total} {value.CovarianceType}, k = {value.Components}, restart {value.Restart}, "
            + $"iteration {value.Iteration}, log-likelihood {value.LogLikelihood:F3}");
        _lastDraw = Stopwatch.GetTimestamp();
    }

    /// <summary>Overwrites the line, cut to the window's width so that it never wraps.</summary>
    private void Redraw(string line)
    {
        int width = Console.WindowWidth > 1 ? Console.WindowWidth - 1 : 79;
        string shown = line.Length > width ? line[..width] : line;
        Console.Write($"\r{shown.PadRight(Math.Min(_drawn, width))}");
        _drawn = shown.Length;
    }
}
