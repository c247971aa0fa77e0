using GaussianMixtures.Covariances;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Scoring;

/// <summary>Whether covariances S_j are what a family would estimate from themselves, E_j.</summary>
/// <remarks>
/// <para>
/// The measure is |L⁻¹ (E − S) L⁻ᵀ|, where S = L Lᵀ: the largest relative difference of the two variances, whatever the direction. It has no
/// units, and to second order the family's likelihood falls short of the unconstrained one by a quarter of its square.
/// </para>
/// <para>
/// Rounding an entry of S by ε √(s_ii s_ll) changes the variance in some direction by up to ε tr(R⁻¹) of it, where R are the correlations
/// and tr(R⁻¹) is the sum of the columns' variance inflation factors; and what components share spreads the rounding of the worst
/// conditioned to all others. Hence the allowance grows with the largest tr(R⁻¹).
/// </para>
/// </remarks>
internal sealed class FamilyMembership
{
    /// <summary>Where an estimate is an iteration, it ends about this close.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>The distance from 1 to the next double.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>How many roundings a product of d terms, and an entry composed from d axes, may make of one: in proportion to d.</summary>
    private const double RoundingsPerColumn = 8;

    private readonly ComponentCovariances _given;
    private readonly double _allowance;

    /// <param name="type">The family.</param>
    /// <param name="given">S_j, positive definite.</param>
    public FamilyMembership(CovarianceType type, ComponentCovariances given)
    {
        int d = given[0].Dimension;
        _given = given;
        double[] weights = new double[given.Count];
        weights.AsSpan().Fill(1);
        Estimates = ComponentCovariances.From(type.Estimate(given.ToScatters(type.ScatterShape, weights)));
        _allowance = Tolerance + (RoundingsPerColumn * Epsilon * d * given.Max(Inflation));
    }

    /// <summary>E_j.</summary>
    public ComponentCovariances Estimates { get; }

    /// <summary>The first component whose covariance is not the family's; null where all are.</summary>
    public int? FirstStranger()
    {
        for (int j = 0; j < _given.Count; j++)
        {
            if (!(Difference(_given[j], Estimates[j]) <= _allowance))
            {
                return j;
            }
        }

        return null;
    }

    /// <summary>The element of a covariance farthest from the family's, in units of the columns' deviations.</summary>
    public (int Row, int Column) Farthest(int component)
    {
        double[] differences = Differences(_given[component], Estimates[component]);
        (int Row, int Column) farthest = (0, 0);
        double most = double.NegativeInfinity;
        for (int i = 0; i < _given[component].Dimension; i++)
        {
            for (int l = 0; l <= i; l++)
            {
                double size = Math.Sqrt(_given[component].Variance(i)) * Math.Sqrt(_given[component].Variance(l));
                double share = Math.Abs(differences[Triangle.Index(i, l)]) / size;
                (farthest, most) = share > most ? ((i, l), share) : (farthest, most);
            }
        }

        return farthest;
    }

    /// <summary>|L⁻¹ (E − S) L⁻ᵀ|.</summary>
    private static double Difference(Covariance given, Covariance estimate)
    {
        int d = given.Dimension;
        double[] differences = Differences(given, estimate);
        double[] column = new double[d];
        double[] whitened = new double[d * d];
        for (int c = 0; c < d; c++)
        {
            for (int i = 0; i < d; i++)
            {
                column[i] = differences[Triangle.Index(Math.Max(i, c), Math.Min(i, c))];
            }

            given.Whiten(column, whitened.AsSpan(c * d, d));
        }

        double sum = 0;
        double[] both = new double[d];
        for (int i = 0; i < d; i++)
        {
            for (int c = 0; c < d; c++)
            {
                column[c] = whitened[(c * d) + i];
            }

            given.Whiten(column, both);
            sum += VectorKernels.Best.Dot(both, both);
        }

        return Math.Sqrt(sum);
    }

    private static double[] Differences(Covariance given, Covariance estimate)
    {
        double[] differences = estimate.ToTriangle();
        VectorKernels.Best.Add(differences, Array.ConvertAll(given.ToTriangle(), value => -value));
        return differences;
    }

    /// <summary>tr(R⁻¹) = Σ_i s_ii (S⁻¹)_ii.</summary>
    private static double Inflation(Covariance covariance)
    {
        double[] deviation = new double[covariance.Dimension];
        double[] whitened = new double[covariance.Dimension];
        double sum = 0;
        for (int i = 0; i < deviation.Length; i++)
        {
            deviation.AsSpan().Clear();
            deviation[i] = Math.Sqrt(covariance.Variance(i));
            covariance.Whiten(deviation, whitened);
            sum += VectorKernels.Best.Dot(whitened, whitened);
        }

        return sum;
    }
}
