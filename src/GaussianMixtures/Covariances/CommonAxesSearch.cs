using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>Where to begin turning <see cref="CommonAxes"/>, and for how long.</summary>
/// <remarks>
/// There may be several local minima, and which start leads to the lowest does not show at once. The search begins at the columns, the
/// pooled scatter's axes, each component's own, and what the family adds, turns all of them for a few sweeps, goes on with the better half,
/// and so on to the last (successive halving: Jamieson &amp; Talwalkar 2016, arXiv:1502.07943). No sweep raises the function; so
/// the search ends no worse than a family whose axes are among the starts.
/// </remarks>
internal static class CommonAxesSearch
{
    /// <summary>Turning by 1e-9 changes the function by the square of that: nothing.</summary>
    private const double Tolerance = 1e-18;

    private const int MostSweeps = 60;

    /// <summary>The way left after these is short against that of a step of EM.</summary>
    private const int SweepsNearby = 8;

    /// <summary>Gains below this share are nothing beside what steps of EM gain until they stop.</summary>
    private const double ToleranceNearby = 1e-11;

    /// <summary>The starts that go into the race: those that are best as they are.</summary>
    private const int MostRaced = 4;

    /// <summary>After these the order of the starts is mostly that of where they end.</summary>
    private const int SweepsPerRound = 4;

    /// <summary>A start that gains less than this share in a sweep is near its end, and that is enough to compare it.</summary>
    private const double RankingTolerance = 1e-5;

    /// <summary>The best axes that the race of these starts leads to.</summary>
    /// <param name="scatters">W_j.</param>
    /// <param name="volume">What is to be least.</param>
    /// <param name="starts">Axes to begin at, one after another.</param>
    public static CommonAxes Best(ComponentScatters scatters, VolumeMeasure volume, params IEnumerable<double[]> starts)
    {
        CommonAxes[] left = [.. starts.Select(axes => new CommonAxes(scatters, axes, null)).OrderBy(candidate => candidate.Sum(volume.Value)).Take(MostRaced)];
        while (left.Length > 1)
        {
            foreach (CommonAxes candidate in left)
            {
                candidate.Descend(volume, SweepsPerRound, RankingTolerance);
            }

            left = [.. left.OrderBy(candidate => candidate.Sum(volume.Value)).Take(left.Length / 2)];
        }

        left[0].Descend(volume, MostSweeps, Tolerance);
        return left[0];
    }

    /// <summary>Better axes than the given ones, which were the best for similar scatters: a few sweeps, and the next step goes on from there.</summary>
    public static CommonAxes Near(ComponentScatters scatters, VolumeMeasure volume, double[] axes, LoopArrays? arrays)
    {
        CommonAxes common = new(scatters, axes, arrays);
        common.Descend(volume, SweepsNearby, ToleranceNearby);
        return common;
    }

    /// <summary>Where to look for common axes: the columns, the pooled scatter's axes and each component's own.</summary>
    public static IEnumerable<double[]> Starts(ComponentScatters scatters)
    {
        int d = scatters.Dimension;
        int k = scatters.Components;
        double[] pooled = new double[Triangle.Length(d)];
        double[] columns = new double[d * d];
        for (int j = 0; j < k; j++)
        {
            VectorKernels.Best.Add(pooled, scatters.Scatter(j));
        }

        for (int e = 0; e < d; e++)
        {
            columns[(e * d) + e] = 1;
        }

        double[][] own = OwnAxes.Of(scatters, null).ToArrays();
        return k > 1 ? [.. own, columns, PrincipalAxes.Of(pooled, d).ToArray()] : [.. own, columns];
    }
}
