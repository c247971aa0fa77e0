using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Data;

/// <summary>Observation weights at the public door.</summary>
internal static class ObservationWeights
{
    /// <summary>
    /// Divides the weights by the power of two next to the largest, in place, so that no sum of them leaves the range of a double;
    /// returns that power. Exact.
    /// </summary>
    public static double Normalize(double[]? weights)
    {
        if (weights is null)
        {
            return 1;
        }

        int exponent = Math.ILogB(weights.Max());
        if (exponent != 0)
        {
            for (int row = 0; row < weights.Length; row++)
            {
                weights[row] = Math.ScaleB(weights[row], -exponent);
            }
        }

        return Math.ScaleB(1, exponent);
    }

    /// <summary>The weights as an array of their own, or null where every weight is 1.</summary>
    /// <exception cref="ArgumentException">One weight too many or too few, negative, NaN or infinite; or all are 0.</exception>
    public static double[]? Checked(Vector<double>? weights, Observations x)
    {
        if (weights is null)
        {
            return null;
        }

        if (weights.Count != x.Count)
        {
            throw Refuse.Argument(nameof(weights),
                $"weights has {weights.Count} entries for {x.Count} rows of x. Pass one weight per row.");
        }

        double[] values = weights.ToArray();
        double total = 0;
        for (int row = 0; row < values.Length; row++)
        {
            if (!(values[row] >= 0) || !double.IsFinite(values[row]))
            {
                throw Refuse.Argument(nameof(weights),
                    $"weights is {values[row]} in row {row}. A weight is finite and not negative; use 0 to leave a row out.");
            }

            total += values[row];
        }

        if (!(total > 0) || !double.IsFinite(total))
        {
            throw Refuse.Argument(nameof(weights), $"weights add up to {total}. Give at least one row a positive weight.");
        }

        return values;
    }
}
