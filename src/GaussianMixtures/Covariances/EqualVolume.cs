using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>
/// Variances b_je along given axes whose product is the same for all components: b_je = λ w_je / |w_j|^(1/d) with
/// |w_j| = Π_e w_je and λ = Σ_j |w_j|^(1/d) / Σ_j N_j.
/// </summary>
/// <remarks>
/// Where a component has no scatter along an axis there is no maximum: it is left singular, as its own scatter is.
/// </remarks>
internal static class EqualVolume
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static AxisTable Estimate(AxisTable scatter)
    {
        double[] factors = Factors(scatter);
        AxisTable variances = scatter.Like();
        for (int j = 0; j < factors.Length; j++)
        {
            for (int e = 0; e < scatter.Dimension; e++)
            {
                variances[j][e] = factors[j] * scatter[j][e];
            }
        }

        return variances;
    }

    /// <summary>λ / |w_j|^(1/d): what each component's scatter has to be multiplied by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Factors(AxisTable scatter)
    {
        double[] factors = LoopArrays.Take(scatter.Arrays, scatter.Components);
        double sum = 0;
        for (int j = 0; j < factors.Length; j++)
        {
            factors[j] = Root(scatter[j]);
            sum += factors[j];
        }

        double volume = sum / scatter.TotalWeight;
        for (int j = 0; j < factors.Length; j++)
        {
            factors[j] = factors[j] > 0 ? volume / factors[j] : 1 / scatter.Weights[j];
        }

        return factors;
    }

    /// <summary>|w|^(1/d), the geometric mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Root(ReadOnlySpan<double> scatter)
    {
        ScaledProduct product = new();
        foreach (double value in scatter)
        {
            if (!(value > 0))
            {
                return 0;
            }

            product.Multiply(value);
        }

        return product.Root(scatter.Length);
    }
}
