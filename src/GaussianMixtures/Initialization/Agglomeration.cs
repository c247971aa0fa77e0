using System.Runtime.CompilerServices;

namespace GaussianMixtures.Initializations;

/// <summary>
/// Model-based agglomeration: beginning with every row by itself, the two clusters are joined whose union costs the classification
/// likelihood least (see <see cref="RowClusters"/>), and again, until one is left.
/// </summary>
/// <remarks>
/// For each cluster its cheapest partner among the earlier ones is remembered. When that partner is gone, what it cost is still a
/// lower bound of what any other costs, so a new one is sought only once the bound comes first (Müllner 2011, arXiv 1109.2378).
/// No matrix of costs is kept: memory is proportional to the rows, the work as a rule to their square.
/// </remarks>
internal sealed class Agglomeration
{
    /// <summary>
    /// Costs are compared in steps of this: where they tie, as they do among rounded measurements, the order of the rows decides,
    /// and not what rounding adds once the data are shifted or scaled.
    /// </summary>
    private const double Step = 1.0 / (1 << 24);

    /// <summary>What the pairs of rows, times the columns, may come to: a second's work, about.</summary>
    private const double MostWork = 1 << 28;

    private const int None = -1;

    private readonly RowClusters _clusters;
    private readonly CancellationToken _cancellationToken;

    /// <summary>The clusters that are left, in the order in which they arose.</summary>
    private readonly int[] _left;

    /// <summary>The least cost of joining a cluster with an earlier one, and which that is; a lower bound where there is none.</summary>
    private readonly double[] _least;
    private readonly int[] _partner;

    private int _count;

    private Agglomeration(RowClusters clusters, CancellationToken cancellationToken)
    {
        _clusters = clusters;
        _cancellationToken = cancellationToken;
        _count = clusters.Count;
        _left = [.. Enumerable.Range(0, _count)];
        _least = new double[_count];
        _partner = new int[_count];
    }

    /// <summary>How many rows may be joined.</summary>
    public static int MostRows(int columns) => (int)Math.Min(2000, Math.Sqrt(MostWork / columns));

    /// <summary>The tree of rows that are all clusters of their own. Uses them up.</summary>
    public static Hierarchy Join(RowClusters rows, CancellationToken cancellationToken) => new(new Agglomeration(rows, cancellationToken).Join());

    private (int From, int Into)[] Join()
    {
        (int From, int Into)[] joins = new (int, int)[_count - 1];
        for (int at = 0; at < _count; at++)
        {
            Seek(at);
        }

        for (int join = 0; join < joins.Length; join++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int at = Cheapest();
            int later = _left[at];
            int earlier = _partner[later];
            joins[join] = (later, earlier);
            _clusters.Join(later, earlier);
            Forget(later);
            Forget(earlier);
            _left[_count++] = earlier;
            Seek(_count - 1);
        }

        return joins;
    }

    /// <summary>Where the cluster stands that is joined next. Not first: before that there is no partner.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Cheapest()
    {
        while (true)
        {
            int best = 1;
            for (int at = 2; at < _count; at++)
            {
                if (_least[_left[at]] < _least[_left[best]])
                {
                    best = at;
                }
            }

            if (_partner[_left[best]] != None)
            {
                return best;
            }

            Seek(best);
        }
    }

    /// <summary>Finds the cheapest partner of the cluster at a place, among those before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Seek(int at)
    {
        int cluster = _left[at];
        for (int before = 0; before < at; before++)
        {
            double most = before == 0 ? double.PositiveInfinity : (_least[cluster] + 1) * Step;
            double cost = Math.Round(_clusters.Cost(_left[before], cluster, most) / Step);
            if (before == 0 || cost < _least[cluster])
            {
                _least[cluster] = cost;
                _partner[cluster] = _left[before];
            }
        }
    }

    /// <summary>Takes a cluster off the list. Who had it for partner keeps the cost, as a bound.</summary>
    private void Forget(int cluster)
    {
        int place = Array.IndexOf(_left, cluster, 0, _count);
        Array.Copy(_left, place + 1, _left, place, --_count - place);
        for (int at = place; at < _count; at++)
        {
            if (_partner[_left[at]] == cluster)
            {
                _partner[_left[at]] = None;
            }
        }
    }
}
