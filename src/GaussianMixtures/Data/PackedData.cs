using System.Runtime.CompilerServices;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Data;

/// <summary>What is done with a block.</summary>
internal delegate void BlockVisitor(in RowBlock block, in WorkspaceSpans workspace);

/// <summary>Observations and their weights as the engine sees them: packed blocks on a fixed grid of chunks. The one door for rows.</summary>
internal sealed class PackedData
{
    /// <summary>Rows that take so many doubles are few: 1 MiB.</summary>
    private const int Few = 1 << 17;

    private readonly Observations _observations;
    private readonly double[]? _weights;
    private readonly WorkspacePool _workspaces;
    private readonly FreeList<LoopArrays> _arrays = new();

    /// <summary>The blocks one after another, each a panel of d rows and one of weights, if they are kept.</summary>
    private readonly double[]? _kept;

    public PackedData(Observations observations, Packing packing, double[]? weights = null)
        : this(observations, packing, weights, new WorkspacePool(observations.Dimension))
    {
    }

    private PackedData(Observations observations, Packing packing, double[]? weights, WorkspacePool workspaces, double[]? kept = null)
    {
        _observations = observations;
        _weights = weights;
        _workspaces = workspaces;
        _kept = kept;
        Packing = packing;
        Grid = new ChunkGrid(observations.Count, observations.Dimension);
    }

    public Packing Packing { get; }

    public ChunkGrid Grid { get; }

    public long Count => _observations.Count;

    public int Dimension => _observations.Dimension;

    /// <summary>Arrays for a loop, until it returns them. Those of a loop of other sizes would be of no use to it, and only kept.</summary>
    public LoopArrays RentArrays(int components) =>
        _arrays.TryTake(out LoopArrays? arrays) && arrays.Components == components ? arrays : new LoopArrays(components);

    /// <summary>For the next loop.</summary>
    public void Return(LoopArrays arrays)
    {
        arrays.EndLoop();
        _arrays.Add(arrays);
    }

    /// <summary>The same rows in other units.</summary>
    public PackedData Repack(Packing packing) => new(_observations, packing, _weights, _workspaces);

    /// <summary>The same rows, packed once for all passes to come if they are few.</summary>
    public PackedData Kept()
    {
        long length = KeptLength * ((Count + Panel.BlockSize - 1) / Panel.BlockSize);
        if (length > Few)
        {
            return this;
        }

        double[] kept = new double[length];
        for (long row = 0; row < Count; row += Panel.BlockSize)
        {
            Span<double> block = kept.AsSpan(KeptStart(row), KeptLength);
            Read(row, (int)Math.Min(Panel.BlockSize, Count - row), block, block[^Panel.Stride..]);
        }

        return new PackedData(_observations, Packing, _weights, _workspaces, kept);
    }

    /// <summary>Other rows of as many columns, for which the same working memory serves.</summary>
    public PackedData Of(Observations rows, double[] weights) => new(rows, Packing.Identity(Dimension), weights, _workspaces);

    public double WeightOf(long row) => _weights is null ? 1 : _weights[row];

    /// <summary>Reads and packs one block. A value that is NaN or infinite is refused by row and column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public RowBlock Read(long firstRow, int count, Span<double> panel, Span<double> weights)
    {
        int width = Panel.Padded(count);
        weights = weights[..width];
        if (_kept is not null)
        {
            Span<double> kept = _kept.AsSpan(KeptStart(firstRow), KeptLength);
            kept[..^Panel.Stride].CopyTo(panel);
            kept.Slice(Dimension * Panel.Stride, width).CopyTo(weights);
            return new RowBlock(panel, weights, firstRow, count);
        }

        _observations.CopyTo(firstRow, count, panel);
        if (_weights is null)
        {
            weights[..count].Fill(1);
        }
        else
        {
            _weights.AsSpan((int)firstRow, count).CopyTo(weights);
            HideAbsent(panel, weights[..count]);
        }

        weights[count..].Clear();
        double scale = Math.ScaleB(1, Packing.Exponent);
        for (int i = 0; i < Dimension; i++)
        {
            Span<double> row = panel.Slice(i * Panel.Stride, width);
            row[count..].Fill(Packing.Shift[i]);
            if (!VectorKernels.Best.Standardize(row, Packing.Shift[i], scale, width))
            {
                ThrowNotFinite(firstRow, count);
            }
        }

        return new RowBlock(panel, weights, firstRow, count);
    }

    /// <summary>Doubles of one block that is kept.</summary>
    private int KeptLength => (Dimension + 1) * Panel.Stride;

    private int KeptStart(long firstRow) => (int)(firstRow / Panel.BlockSize) * KeptLength;

    /// <summary>A row of weight 0 is absent: whatever stands in it, nothing may come of it, not even 0 · ∞.</summary>
    private void HideAbsent(Span<double> panel, ReadOnlySpan<double> weights)
    {
        for (int s = 0; s < weights.Length; s++)
        {
            for (int i = 0; weights[s] == 0 && i < Dimension; i++)
            {
                panel[(i * Panel.Stride) + s] = Packing.Shift[i];
            }
        }
    }

    /// <summary>Takes every block of one chunk, in order, to <paramref name="visit"/>, with working memory for so many components.</summary>
    public void Visit(int chunk, int components, BlockVisitor visit, CancellationToken cancellationToken)
    {
        Workspace workspace = RentWorkspace(components);
        Visit(chunk, workspace, components, visit, cancellationToken);
        Return(workspace);
    }

    /// <summary>The same with working memory that has been rented.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Visit(int chunk, Workspace workspace, int components, BlockVisitor visit, CancellationToken cancellationToken)
    {
        WorkspaceSpans spans = workspace.SpansFor(components);
        long end = Grid.Start(chunk + 1);
        for (long row = Grid.Start(chunk); row < end; row += Panel.BlockSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RowBlock block = Read(row, (int)Math.Min(Panel.BlockSize, end - row), spans.Samples, spans.Weights);
            _observations.Prefetch(row + block.Count, (int)Math.Min(Panel.BlockSize, end - row - block.Count));
            visit(block, spans);
        }
    }

    /// <summary>Working memory for visits, until it is returned.</summary>
    public Workspace RentWorkspace(int components) => _workspaces.Rent(components);

    public void Return(Workspace workspace) => _workspaces.Return(workspace);

    private void ThrowNotFinite(long firstRow, int count)
    {
        // Rows of weight 0 are skipped as they were in Read.
        double[] panel = new double[Dimension * Panel.Stride];
        _observations.CopyTo(firstRow, count, panel);
        for (int s = 0; s < count; s++)
        {
            for (int i = 0; i < Dimension; i++)
            {
                double value = panel[(i * Panel.Stride) + s];
                if (!double.IsFinite(value) && WeightOf(firstRow + s) > 0)
                {
                    throw Refuse.Argument("x",
                        $"x is {value} in row {firstRow + s}, column {i}. Remove the row, or replace the value by a finite one.");
                }
            }
        }
    }
}
