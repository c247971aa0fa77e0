using GaussianMixtures.Kernels;

namespace GaussianMixtures.Data;

/// <summary>What one worker needs to take a block through the E-step and the M-step's sums. Allocated once, used for every block.</summary>
internal sealed class Workspace(int components, int dimension)
{
    private readonly AlignedBuffer _buffer = new(Length(components, dimension));

    /// <summary>The most components there is room for.</summary>
    public int Components => components;

    /// <summary>The regions, for at most <see cref="Components"/> components.</summary>
    public WorkspaceSpans SpansFor(int components) => new(_buffer.Span, components, dimension);

    /// <summary>Doubles a workspace needs.</summary>
    public static int Length(int components, int dimension) =>
        (Panel.Stride * (dimension + components + 2)) + ScratchLength(dimension);

    public static int ScratchLength(int dimension) =>
        Math.Max((Panel.Stride + Panel.Tile) * dimension, (Panel.Stride * (Panel.PaddedRows(dimension) + 1)) + (2 * dimension));
}

/// <summary>The regions of a workspace. Each is a panel or a panel row, so each starts on a cache line.</summary>
internal readonly ref struct WorkspaceSpans
{
    public WorkspaceSpans(Span<double> buffer, int components, int dimension)
    {
        Samples = Take(ref buffer, Panel.Stride * dimension);
        Responsibilities = Take(ref buffer, Panel.Stride * components);
        Weights = Take(ref buffer, Panel.Stride);
        LogDensities = Take(ref buffer, Panel.Stride);
        Scratch = Take(ref buffer, Workspace.ScratchLength(dimension));
    }

    /// <summary>The block's panel, d rows.</summary>
    public Span<double> Samples { get; }

    /// <summary>A panel of k rows: log w_j p_j(x), then weight · responsibility.</summary>
    public Span<double> Responsibilities { get; }

    public Span<double> Weights { get; }

    /// <summary>log p(x) of each sample.</summary>
    public Span<double> LogDensities { get; }

    /// <summary>Whatever a kernel needs while it runs: solved and whitened rows, or roots and the scaled panel.</summary>
    public Span<double> Scratch { get; }

    private static Span<double> Take(scoped ref Span<double> buffer, int length)
    {
        Span<double> taken = buffer[..length];
        buffer = buffer[length..];
        return taken;
    }
}

/// <summary>Workspaces that are free at the moment, for all passes over the same rows.</summary>
internal sealed class WorkspacePool(int dimension)
{
    /// <summary>Room for so many components at least, so that the passes of a small fit share one workspace.</summary>
    private const int FewComponents = 4;

    private readonly FreeList<Workspace> _free = new();

    public Workspace Rent(int components) => _free.TryTake(out Workspace? workspace) && workspace.Components >= components
        ? workspace
        : new Workspace(Math.Max(components, FewComponents), dimension);

    public void Return(Workspace workspace) => _free.Add(workspace);
}
