using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>
/// One pass over the data: each block gets its responsibilities and at once gives up its moments, so no n x k array exists.
/// Every kind of fit goes through here; they differ in the responsibilities and in what is made of the statistics.
/// </summary>
internal sealed class ExpectationPass
{
    private readonly PackedData _data;
    private readonly int _components;
    private readonly Workers _workers;
    private readonly FreeList<MixtureStatistics> _free = new();
    private readonly OrderedSum<MixtureStatistics> _sum;
    private MixtureStatistics? _last;

    /// <param name="data">The rows.</param>
    /// <param name="components">k.</param>
    /// <param name="workers">The threads.</param>
    public ExpectationPass(PackedData data, int components, Workers workers)
    {
        _data = data;
        _components = components;
        _workers = workers;
        _sum = new OrderedSum<MixtureStatistics>(data.Grid.Count, (left, right) =>
        {
            left.Add(right);
            _free.Add(right);
        });
    }

    /// <summary>What estimates made of the statistics took and no longer need may be given back here.</summary>
    public LargeArrays Arrays { get; } = new();

    /// <summary>The statistics of the data about the given centres (k x d), if the shape heeds them. They are valid until the next run.</summary>
    public MixtureStatistics Run(IResponsibilities responsibilities, ScatterShape shape, double[] centres,
        CancellationToken cancellationToken)
    {
        if (_last is not null)
        {
            _free.Add(_last);
        }

        centres = shape.Centres(centres);
        _workers.For(_data.Grid.Count, chunk =>
        {
            MixtureStatistics part = Rent(shape, centres);
            _data.Visit(chunk, _components, (in block, in workspace) => Take(block, workspace, responsibilities, shape, part), cancellationToken);
            _sum.Add(chunk, part);
        }, cancellationToken);
        return _last = _sum.Total;
    }

    /// <summary>One block: E, and the sums that M needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Take(in RowBlock block, in WorkspaceSpans workspace, IResponsibilities responsibilities, ScatterShape shape,
        MixtureStatistics into)
    {
        into.LogLikelihood += responsibilities.Fill(block, workspace);
        VectorKernels.Best.RowSums(workspace.Responsibilities, block.Width, into.Weights);
        shape.Accumulate(block, workspace.Responsibilities, workspace.Scratch, into);
    }

    private MixtureStatistics Rent(ScatterShape shape, double[] centres)
    {
        while (_free.TryTake(out MixtureStatistics? free))
        {
            if (free.Shape == shape)
            {
                free.Reset(centres);
                return free;
            }
        }

        return new MixtureStatistics(_components, _data.Dimension, shape, centres, Arrays);
    }
}
