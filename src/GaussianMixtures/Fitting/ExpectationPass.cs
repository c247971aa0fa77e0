using System.Collections.Concurrent;
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
internal sealed class ExpectationPass(PackedData data, int components, int? degree)
{
    private readonly ConcurrentBag<MixtureStatistics> _free = [];
    private MixtureStatistics? _last;

    /// <summary>The statistics of the data about the given centres (k x d), if the shape heeds them. They are valid until the next run.</summary>
    public MixtureStatistics Run(IResponsibilities responsibilities, ScatterShape shape, double[] centres,
        CancellationToken cancellationToken)
    {
        Recycle(_last);
        centres = shape.Centres(centres);
        OrderedSum<MixtureStatistics> sum = new(data.Grid.Count, (left, right) =>
        {
            left.Add(right);
            Recycle(right);
        });
        Workers.For(data.Grid.Count, degree, chunk =>
        {
            MixtureStatistics part = Rent(shape, centres);
            data.Visit(chunk, components, (in block, in workspace) => Take(block, workspace, responsibilities, shape, part), cancellationToken);
            sum.Add(chunk, part);
        }, cancellationToken);
        return _last = sum.Total;
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

        return new MixtureStatistics(components, data.Dimension, shape, centres);
    }

    private void Recycle(MixtureStatistics? statistics)
    {
        if (statistics is not null)
        {
            _free.Add(statistics);
        }
    }
}
