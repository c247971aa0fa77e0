using GaussianMixtures.Data;

namespace GaussianMixtures.Covariances;

/// <summary>
/// A value of each component along each of d axes, k x d: the scatters w_je with the components' weights N_j, or the variances that are
/// estimated from them. What the axes are is the family's concern: the columns, common axes, or each component's own.
/// </summary>
/// <param name="weights">N_j.</param>
/// <param name="dimension">d.</param>
/// <param name="arrays">Where to take arrays from, if from anywhere; here, and in what is made of the table.</param>
internal readonly struct AxisTable(double[] weights, int dimension, LoopArrays? arrays)
{
    private readonly double[] _values = LoopArrays.Take(arrays, weights.Length * dimension);

    public int Components => weights.Length;

    public int Dimension => dimension;

    public double[] Weights => weights;

    public LoopArrays? Arrays => arrays;

    public double TotalWeight => weights.Sum();

    /// <summary>All values, component after component.</summary>
    public Span<double> Values => _values;

    public Span<double> this[int component] => _values.AsSpan(component * dimension, dimension);

    /// <summary>Along the columns: the diagonals of the scatters.</summary>
    public static AxisTable Of(ComponentScatters scatters, LoopArrays? arrays)
    {
        AxisTable table = new(scatters.Weights, scatters.Dimension, arrays);
        for (int j = 0; j < table.Components; j++)
        {
            scatters.Scatter(j).CopyTo(table[j]);
        }

        return table;
    }

    /// <summary>Another table for the same components, still zero.</summary>
    public AxisTable Like() => new(weights, dimension, arrays);

    /// <summary>One component's values, as an array of its own.</summary>
    public double[] Row(int component)
    {
        double[] row = LoopArrays.Take(arrays, dimension);
        this[component].CopyTo(row);
        return row;
    }

    /// <summary>Σ_j w_je / Σ_j N_j.</summary>
    public double[] Pooled()
    {
        double[] pooled = LoopArrays.Take(arrays, dimension);
        for (int j = 0; j < weights.Length; j++)
        {
            for (int e = 0; e < dimension; e++)
            {
                pooled[e] += this[j][e];
            }
        }

        double total = TotalWeight;
        for (int e = 0; e < dimension; e++)
        {
            pooled[e] /= total;
        }

        return pooled;
    }
}
