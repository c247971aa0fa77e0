using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using GaussianMixtures.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// All that a <see cref="CovarianceType"/> sees of the data: for each component its weight N_j = Σ_i r_ij and its scatter
/// W_j = Σ_i r_ij (x_i − m_j)(x_i − m_j)ᵀ about its mean, in the <see cref="ScatterShape"/> the type asks for.
/// </summary>
/// <remarks>
/// Scatters are in the engine's units, (data units · 2^e)² for one integer e, so an estimate has to commute with scaling:
/// Σ(a·W) = a·Σ(W). Every weight is positive; a component without observations is represented by its former covariance
/// with a negligible weight.
/// </remarks>
public sealed class ComponentScatters
{
    private readonly double[] _weights;
    private readonly Memory<double> _scatter;

    // Made when asked for, and then kept.
    private double[]? _roots;
    private double[]? _rootsSideBySide;

    internal ComponentScatters(ScatterShape shape, int dimension, double[] weights, Memory<double> scatter, LoopArrays? arrays = null)
    {
        Arrays = arrays;
        Shape = shape;
        Dimension = dimension;
        _weights = weights;
        _scatter = scatter;
        foreach (double weight in weights)
        {
            TotalWeight += weight;
        }
    }

    /// <summary>The number of components, k.</summary>
    public int Components => _weights.Length;

    /// <summary>The number of columns, d.</summary>
    public int Dimension { get; }

    /// <summary>Which moments these are.</summary>
    public ScatterShape Shape { get; }

    /// <summary>Σ_j N_j, the weight of all observations.</summary>
    public double TotalWeight { get; }

    /// <summary>Where what is made of them may take arrays from, if anywhere.</summary>
    internal LoopArrays? Arrays { get; }

    /// <summary>N_1 … N_k; not written to.</summary>
    internal double[] Weights => _weights;

    /// <summary>N_j, positive.</summary>
    public double Weight(int component) => _weights[component];

    /// <summary>The values of W_j, laid out as <see cref="Shape"/> says; for <see cref="ScatterShape.Pooled"/> Σ_j W_j, whatever j.</summary>
    public ReadOnlySpan<double> Scatter(int component) => _scatter.Span[Shape.Slice(component, Dimension)];

    /// <summary>How much of <see cref="Scatter"/> is component j's: 1, or, of what is pooled, its share of the weight.</summary>
    internal double Share(int component) => Shape.Share(_weights[component], TotalWeight);

    /// <summary>F_j, a lower triangle, where W_j = F_j F_jᵀ.</summary>
    internal ReadOnlySpan<double> Root(int component)
    {
        int length = Triangle.Length(Dimension);
        return (_roots ??= Roots(length)).AsSpan(component * length, length);
    }

    /// <summary>The F_j, <see cref="SideBySide"/>.</summary>
    internal ReadOnlySpan<double> RootsSideBySide => _rootsSideBySide ??= Arranged();

    private double[] Arranged()
    {
        int length = Triangle.Length(Dimension);
        double[] panel = LoopArrays.Take(Arrays, SideBySide.Width(Components) * length);
        SideBySide.Fill(_roots ??= Roots(length), Components, panel);
        return panel;
    }

    private double[] Roots(int length)
    {
        double[] roots = LoopArrays.Take(Arrays, _weights.Length * length);
        for (int j = 0; j < _weights.Length; j++)
        {
            SemidefiniteFactor.Lower(Shape.TriangleOf(Scatter(j), Dimension), Dimension, roots.AsSpan(j * length, length));
        }

        return roots;
    }

    /// <summary>W_j as a new d x d matrix, as far as <see cref="Shape"/> knows it (of a trace: trace / d · I).</summary>
    public Matrix<double> ScatterMatrix(int component) => Triangle.ToMatrix(Shape.ToTriangle(Scatter(component), Dimension), Dimension);

    /// <summary>
    /// Reads a pass, whose statistics it uses up. A component without observations is given its former covariance, from <paramref name="former"/>.
    /// </summary>
    internal static ComponentScatters Of(MixtureStatistics statistics, ITriangles former)
    {
        statistics.Shape.Recentre(statistics);
        double[] weights = LoopArrays.Take(statistics.Arrays, statistics.Components);
        statistics.Weights.CopyTo(weights);
        double negligible = statistics.TotalWeight * Negligible;
        for (int j = 0; j < weights.Length; j++)
        {
            if (weights[j] <= negligible)
            {
                weights[j] = negligible;
                Span<double> values = statistics.Scatter[statistics.Shape.Slice(j, statistics.Dimension)];
                statistics.Shape.Project(former.ToTriangle(j), statistics.Dimension, negligible, values);
            }
        }

        return new ComponentScatters(statistics.Shape, statistics.Dimension, weights, statistics.ScatterMemory, statistics.Arrays);
    }

    /// <summary>The same, for who may keep them.</summary>
    internal ComponentScatters Copy() => new(Shape, Dimension, [.. _weights], _scatter.ToArray());

    /// <summary>W_j + factor · N_j · diag(variances) for every component.</summary>
    internal ComponentScatters PlusDiagonal(ReadOnlySpan<double> variances, double factor)
    {
        double[] sum = _scatter.ToArray();
        for (int j = 0; j < _weights.Length; j++)
        {
            Shape.AddDiagonal(variances, factor * _weights[j], sum.AsSpan(Shape.Slice(j, Dimension)));
        }

        return new ComponentScatters(Shape, Dimension, _weights, sum);
    }

    /// <summary>Share of the total weight at or below which a component counts as empty.</summary>
    internal const double Negligible = 1e-200;
}

/// <summary>Symmetric matrices, one of each component.</summary>
internal interface ITriangles
{
    /// <summary>The lower triangle, row after row.</summary>
    double[] ToTriangle(int component);
}
