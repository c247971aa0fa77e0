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
internal sealed class ExpectationPass : IDisposable
{
    private readonly PackedData _data;
    private readonly int _components;
    private readonly Workers _workers;
    private readonly Action<int> _takeChunk;
    private readonly double[] _origin;
    private readonly FreeList<Part> _free = new();
    private readonly OrderedSum<Part> _sum;
    private Part? _last;
    private Workspace? _workspace;

    // What the pass that runs is about. Passes are many and may be short: nothing is made anew for each.
    private IResponsibilities? _responsibilities;
    private ScatterShape _shape = ScatterShape.None;
    private double[] _centres = [];
    private CancellationToken _cancellationToken;

    /// <param name="data">The rows.</param>
    /// <param name="components">k.</param>
    /// <param name="workers">The threads.</param>
    public ExpectationPass(PackedData data, int components, Workers workers)
    {
        _data = data;
        _components = components;
        _workers = workers;
        _takeChunk = TakeChunk;
        Arrays = data.RentArrays(components);
        _origin = new double[components * data.Dimension];
        _sum = new OrderedSum<Part>(data.Grid.Count, (left, right) =>
        {
            left.Statistics.Add(right.Statistics);
            _free.Add(right);
        });
    }

    /// <summary>What estimates are made of, and may be given back to when they are no longer needed.</summary>
    public LoopArrays Arrays { get; }

    /// <summary>The statistics of the data about the given centres (k x d), if the shape heeds them. They are valid until the next run.</summary>
    public MixtureStatistics Run(IResponsibilities responsibilities, ScatterShape shape, double[] centres,
        CancellationToken cancellationToken)
    {
        (_responsibilities, _shape, _centres, _cancellationToken) = (responsibilities, shape, shape.Centres(centres, _origin), cancellationToken);
        if (_data.Grid.Count == 1)
        {
            // Nothing to share and nothing to sum, and what the last pass worked with is still in this thread's caches.
            cancellationToken.ThrowIfCancellationRequested();
            _last = Emptied(_last);
            _workspace ??= _data.RentWorkspace(_components);
            _data.Visit(0, _workspace, _components, _last.Take, cancellationToken);
            return _last.Statistics;
        }

        if (_last is not null)
        {
            _free.Add(_last);
        }

        _workers.For(_data.Grid.Count, _takeChunk, cancellationToken);
        _last = _sum.Total;
        return _last.Statistics;
    }

    /// <summary>No pass comes after the last. Statistics and estimates that have been returned remain what they are.</summary>
    public void Dispose()
    {
        _data.Return(Arrays);
        if (_workspace is not null)
        {
            _data.Return(_workspace);
            _workspace = null;
        }
    }

    private void TakeChunk(int chunk)
    {
        Part part = Rent();
        _data.Visit(chunk, _components, part.Take, _cancellationToken);
        _sum.Add(chunk, part);
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

    private Part Rent()
    {
        Part? free;
        while (_free.TryTake(out free) && free.Statistics.Shape != _shape)
        {
        }

        return Emptied(free);
    }

    /// <summary>A part for this pass: that one, if its shape is the pass's.</summary>
    private Part Emptied(Part? used)
    {
        if (used?.Statistics.Shape == _shape)
        {
            used.Statistics.Reset(_centres);
            return used;
        }

        return new Part(this, new MixtureStatistics(_components, _data.Dimension, _shape, _centres, Arrays));
    }

    /// <summary>The statistics of some of the chunks, and what takes blocks to them.</summary>
    private sealed class Part(ExpectationPass pass, MixtureStatistics statistics)
    {
        public MixtureStatistics Statistics => statistics;

        public BlockVisitor Take { get; } = (in block, in workspace) =>
            ExpectationPass.Take(block, workspace, pass._responsibilities!, statistics.Shape, statistics);
    }
}
