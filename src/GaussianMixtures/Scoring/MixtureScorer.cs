using System.Buffers;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Scoring;

/// <summary>
/// Asks a mixture about observations: packs them, takes each block through the E-step and hands on what it finds. Works in
/// units of the mixture's own, so that densities are right however far the data lie from the origin or from 1.
/// </summary>
internal sealed class MixtureScorer
{
    private readonly Packing _packing;
    private readonly LogDensities _shares;
    private readonly EStep _memberships;
    private readonly EStep _densities;
    private readonly double _logUnit;

    public MixtureScorer(MixtureParameters parameters)
    {
        Components = parameters.Components;
        Dimension = parameters.Dimension;
        _packing = PackingOf(parameters);
        MixtureParameters packed = parameters.Pack(_packing);
        _shares = LogDensities.Of(packed);
        _memberships = new EStep(_shares);
        _densities = ReferenceEquals(packed.AsCertain, packed) ? _memberships : new EStep(LogDensities.Of(packed.AsCertain));
        _logUnit = Dimension * _packing.Exponent * Math.Log(2);
    }

    public int Components { get; }

    public int Dimension { get; }

    /// <summary>Takes every block to <paramref name="visit"/> with the log densities log(w_j p_j(x)) that decide who owns a row, in the mixture's units.</summary>
    public void Evaluate(Observations x, BlockVisitor visit) => Run(x, (in block, in workspace, _) =>
    {
        _shares.Evaluate(block, workspace.Scratch, workspace.Responsibilities);
        visit(block, workspace);
    });

    /// <summary>Takes every block to <paramref name="visit"/> with its responsibilities.</summary>
    public void Share(Observations x, BlockVisitor visit) => Run(x, (in block, in workspace, _) =>
    {
        _memberships.Fill(block, workspace);
        visit(block, workspace);
    });

    /// <summary>Takes every block to <paramref name="visit"/> with its log p(x) in data units.</summary>
    public void Score(Observations x, BlockVisitor visit) => Run(x, (in block, in workspace, _) =>
    {
        _densities.Fill(block, workspace);
        foreach (ref double logDensity in workspace.LogDensities[..block.Count])
        {
            logDensity += _logUnit;
        }

        visit(block, workspace);
    });

    /// <summary>The log-likelihoods in data units, summed in the order of the chunks.</summary>
    public LogLikelihoods LogLikelihoods(PackedData rows, Workers workers, CancellationToken cancellationToken)
    {
        LogLikelihoods[] partial = new LogLikelihoods[rows.Grid.Count];
        Run(rows, (in block, in workspace, chunk) =>
            partial[chunk] += _densities.Score(block, workspace).Raise(_logUnit * Sum(block.Weights)), workers, cancellationToken);
        LogLikelihoods total = default;
        foreach (LogLikelihoods part in partial)
        {
            total += part;
        }

        return total;
    }

    /// <summary>The responsibilities of one point. Allocates nothing.</summary>
    public void SharePoint(ReadOnlySpan<double> point, Span<double> responsibilities)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Workspace.Length(Components, Dimension));
        WorkspaceSpans workspace = new(rented, Components, Dimension);
        _memberships.Fill(PackPoint(point, workspace), workspace);
        for (int j = 0; j < responsibilities.Length; j++)
        {
            responsibilities[j] = workspace.Responsibilities[j * Panel.Stride];
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>log p(x) of one point, in data units. Allocates nothing.</summary>
    public double ScorePoint(ReadOnlySpan<double> point)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Workspace.Length(Components, Dimension));
        WorkspaceSpans workspace = new(rented, Components, Dimension);
        _densities.Fill(PackPoint(point, workspace), workspace);
        double logDensity = workspace.LogDensities[0] + _logUnit;
        ArrayPool<double>.Shared.Return(rented);
        return logDensity;
    }

    /// <summary>The most probable component of one point. Allocates nothing.</summary>
    public int HighestComponent(ReadOnlySpan<double> point)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Workspace.Length(Components, Dimension));
        WorkspaceSpans workspace = new(rented, Components, Dimension);
        _shares.Evaluate(PackPoint(point, workspace), workspace.Scratch, workspace.Responsibilities);
        int highest = HardAssignment.HighestComponent(workspace.Responsibilities, Components, 0);
        ArrayPool<double>.Shared.Return(rented);
        return highest;
    }

    /// <summary>A block of one point: its panel has one tile, and the other samples of the tile lie at the origin.</summary>
    private RowBlock PackPoint(ReadOnlySpan<double> point, in WorkspaceSpans workspace)
    {
        double scale = Math.ScaleB(1, _packing.Exponent);
        for (int i = 0; i < point.Length; i++)
        {
            Span<double> row = workspace.Samples.Slice(i * Panel.Stride, Panel.Tile);
            row.Clear();
            row[0] = (point[i] - _packing.Shift[i]) * scale;
        }

        workspace.Weights[..Panel.Tile].Clear();
        workspace.Weights[0] = 1;
        return new RowBlock(workspace.Samples, workspace.Weights[..Panel.Tile], 0, 1);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    private delegate void ChunkVisitor(in RowBlock block, in WorkspaceSpans workspace, int chunk);

    private void Run(Observations x, ChunkVisitor visit)
    {
        using Workers workers = new(null);
        Run(new PackedData(x, _packing), visit, workers, CancellationToken.None);
    }

    private void Run(PackedData rows, ChunkVisitor visit, Workers workers, CancellationToken cancellationToken)
    {
        PackedData data = rows.Repack(_packing);
        workers.For(data.Grid.Count, chunk =>
            data.Visit(chunk, Components, (in block, in workspace) => visit(block, workspace, chunk), cancellationToken), cancellationToken);
    }

    /// <summary>Shift: the mixture's mean. Exponent: from the components' standard deviations and the spread of their means.</summary>
    private static Packing PackingOf(MixtureParameters parameters)
    {
        double[] shift = new double[parameters.Dimension];
        double[] spreads = new double[parameters.Dimension];
        for (int i = 0; i < shift.Length; i++)
        {
            double first = parameters.Mean(0)[i];
            for (int j = 0; j < parameters.Components; j++)
            {
                shift[i] += parameters.Weights[j] * (parameters.Mean(j)[i] - first);
                spreads[i] = Math.Max(spreads[i], Math.Sqrt(parameters.Covariances[j].Variance(i)));
            }

            shift[i] += first;
        }

        return new Packing(shift, Packing.ExponentFor(spreads));
    }
}
