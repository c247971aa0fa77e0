using System.Numerics.Tensors;

namespace GaussianMixtures.Covariances;

/// <summary>
/// The smallest variance a component may have in any direction, once the data's columns are divided by their standard
/// deviations: every eigenvalue of D⁻¹ΣD⁻¹ is at least the floor, where D holds those deviations.
/// </summary>
/// <remarks>A constraint, not a penalty: where it does not bind, the estimate is exact maximum likelihood.</remarks>
internal sealed class VarianceFloor
{
    /// <summary>
    /// A variance below this share of the data's is what rounding leaves of zero: values near the data's own spread carry
    /// errors of 1e-16 of it, whose squares are 1e-32, and a few thousand of them may add up.
    /// </summary>
    private const double RelativeZero = 1e-28;

    private readonly double _relative;
    private readonly double[] _scale;

    /// <param name="relative">The floor as a share of the data's variance; 0 for none.</param>
    /// <param name="scale">Each column's standard deviation, positive.</param>
    public VarianceFloor(double relative, double[] scale)
    {
        _relative = relative;
        _scale = scale;
    }

    public double Relative => _relative;

    /// <summary>The data's standard deviation of each column.</summary>
    public ReadOnlySpan<double> Scale => _scale;

    /// <summary>The floor of σ²·I: that of the widest column, which holds in the others too.</summary>
    public double LowestSphericalVariance => _relative * Math.Pow(TensorPrimitives.Max<double>(_scale), 2);

    /// <summary>The floor of one column's variance.</summary>
    public double LowestVariance(int column) => _relative * _scale[column] * _scale[column];

    /// <summary>Whether a variance is zero but for rounding, where the data's standard deviation is <paramref name="scale"/>.</summary>
    public static bool IsZero(double variance, double scale) => !(variance > RelativeZero * scale * scale);
}
