namespace GaussianMixtures.Covariances;

/// <summary>
/// A value of each component along each of d axes, k x d: the scatters w_je with the components' weights N_j, or the variances that are
/// estimated from them. What the axes are is the family's concern: the columns, common axes, or each component's own.
/// </summary>
internal sealed class AxisTable(double[] weights, int dimension)
{
    private readonly double[] _values = new double[weights.Length * dimension];

    public int Components => weights.Length;

    public int Dimension => dimension;

    public double[] Weights => weights;

    public double TotalWeight => weights.Sum();

    public Span<double> this[int component] => _values.AsSpan(component * dimension, dimension);

    /// <summary>Along the columns: the diagonals of the scatters.</summary>
    public static AxisTable Of(ComponentScatters scatters)
    {
        AxisTable table = new(scatters.Weights, scatters.Dimension);
        for (int j = 0; j < table.Components; j++)
        {
            scatters.Scatter(j).CopyTo(table[j]);
        }

        return table;
    }

    /// <summary>Another table for the same components, still zero.</summary>
    public AxisTable Like() => new(weights, dimension);

    /// <summary>All values, component after component.</summary>
    public double[] ToArray() => [.. _values];

    /// <summary>Σ_j w_je / Σ_j N_j.</summary>
    public double[] Pooled()
    {
        double[] pooled = new double[dimension];
        for (int j = 0; j < weights.Length; j++)
        {
            for (int e = 0; e < dimension; e++)
            {
                pooled[e] += this[j][e];
            }
        }

        double total = TotalWeight;
        return Array.ConvertAll(pooled, sum => sum / total);
    }
}
