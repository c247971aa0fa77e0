using System.Diagnostics;
using GaussianMixtures;

namespace QuickStart;

/// <summary>
/// Shows how far the search is: one line that redraws itself on a terminal, one plain line per covariance type where the
/// output is a file or a pipe. Restarts run in parallel, so reports arrive from several threads.
/// </summary>
internal sealed class SearchDisplay(int total) : IProgress<FitProgress>, IDisposable
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(40);

    private readonly bool _live = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
    private readonly Lock _gate = new();
    private CovarianceType? _type;
    private int _components;
    private int _started;
    private int _drawn;
    private long _lastDraw;

    /// <summary>The next fit begins.</summary>
    public void Begin(CovarianceType type, int components)
    {
        lock (_gate)
        {
            bool sameType = type == _type;
            string lineEnd = _type is null ? "" : "\n";
            (_type, _components) = (type, components);
            _started++;
            if (_live)
            {
                Draw("");
            }
            else
            {
                Console.Write(sameType ? $", {components}" : $"{lineEnd}fitting {type.Aliases[0]}, k = {components}");
            }
        }
    }

    /// <summary>An iteration of the current fit has ended.</summary>
    public void Report(FitProgress value)
    {
        lock (_gate)
        {
            if (_live && Stopwatch.GetElapsedTime(_lastDraw) >= RedrawInterval)
            {
                Draw($", restart {value.Restart}, iteration {value.Iteration}, log-likelihood {value.LogLikelihood:F3}");
            }
        }
    }

    /// <summary>Clears the live line, or ends the last plain one.</summary>
    public void Dispose()
    {
        if (_live)
        {
            Redraw("");
        }

        Console.Write(_live ? "\r" : "\n");
    }

    private void Draw(string detail)
    {
        const int Cells = 24;
        int full = Cells * (_started - 1) / total;
        string bar = new string('#', full).PadRight(Cells, '.');
        Redraw($"[{bar}] {_started}/{total} {_type!.Aliases[0]}, k = {_components}{detail}");
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
