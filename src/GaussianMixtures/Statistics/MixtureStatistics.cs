using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Statistics;

/// <summary>
/// What an expectation pass leaves of the data, and all that the M-step sees: the log-likelihood and, for each component,
/// N_j = Σ r_ij, Σ r_ij (x_i − c_j) and the second moments its <see cref="ScatterShape"/> asks for, about fixed centres c_j.
/// </summary>
/// <remarks>
/// One flat buffer, so that merging is one addition: the centres are the same for all parts of a pass (Chan, Golub &amp; LeVeque
/// 1983, doi:10.1080/00031305.1983.10483115, on why they are the current means and not the origin).
/// </remarks>
internal sealed class MixtureStatistics
{
    private readonly double[] _values;
    private readonly int _moments;
    private readonly int _scatter;

    /// <param name="components">k.</param>
    /// <param name="dimension">d.</param>
    /// <param name="shape">Which second moments.</param>
    /// <param name="centres">k x d; kept.</param>
    /// <param name="arrays">Where what is made of the statistics may take arrays from, if anywhere.</param>
    /// <param name="values">Zeros; kept.</param>
    public MixtureStatistics(int components, int dimension, ScatterShape shape, double[] centres, LoopArrays? arrays = null, double[]? values = null)
    {
        Arrays = arrays;
        Components = components;
        Dimension = dimension;
        Shape = shape;
        Centres = centres;
        _moments = 1 + components;
        _scatter = _moments + (components * dimension);
        _values = values ?? new double[_scatter + shape.Length(components, dimension)];
    }

    public int Components { get; }

    public int Dimension { get; }

    public ScatterShape Shape { get; }

    /// <summary>Where what is made of the statistics may take arrays from, if anywhere.</summary>
    public LoopArrays? Arrays { get; }

    /// <summary>k x d, row after row.</summary>
    public double[] Centres { get; private set; }

    /// <summary>Σ weight · log p(x).</summary>
    public double LogLikelihood
    {
        get => _values[0];
        set => _values[0] = value;
    }

    /// <summary>N_j, the weight of the observations that component j accounts for.</summary>
    public Span<double> Weights => _values.AsSpan(1, Components);

    public double TotalWeight
    {
        get
        {
            double total = 0;
            foreach (double weight in Weights)
            {
                total += weight;
            }

            return total;
        }
    }

    /// <summary>The second moments, laid out by <see cref="Shape"/>.</summary>
    public Span<double> Scatter => _values.AsSpan(_scatter);

    public Memory<double> ScatterMemory => _values.AsMemory(_scatter);

    public ReadOnlySpan<double> Centre(int component) => Centres.AsSpan(component * Dimension, Dimension);

    /// <summary>Σ r_ij (x_i − c_j) of all components, k x d.</summary>
    public Span<double> FirstMoments => _values.AsSpan(_moments, Components * Dimension);

    /// <summary>Σ r_ij (x_i − c_j).</summary>
    public Span<double> FirstMoment(int component) => _values.AsSpan(_moments + (component * Dimension), Dimension);

    /// <summary>Empties the buffer for another pass about other centres.</summary>
    public void Reset(double[] centres)
    {
        Array.Clear(_values);
        Centres = centres;
    }

    /// <summary>Others like these, for as long as the loop runs, with centres of their own.</summary>
    /// <param name="shape">Of the same layout.</param>
    public MixtureStatistics Another(ScatterShape shape) =>
        new(Components, Dimension, shape, Arrays!.TakeForLoop(Centres.Length), Arrays, Arrays.TakeForLoop(_values.Length));

    /// <summary>Takes another's values, of the same layout, and centres.</summary>
    public void CopyFrom(MixtureStatistics other)
    {
        other._values.CopyTo(_values, 0);
        other.Centres.CopyTo(Centres, 0);
    }

    /// <summary>From moments about the centres to those about the means, which are the centres then.</summary>
    public void Centre()
    {
        Shape.Recentre(this);
        Means(Centres, Centres);
        FirstMoments.Clear();
    }

    public void Add(MixtureStatistics other) => VectorKernels.Best.Add(_values, other._values);

    /// <summary>Counts every observation <paramref name="factor"/> times.</summary>
    public void Multiply(double factor) => VectorKernels.Best.Multiply(_values, factor, _values);

    /// <summary>m_j = c_j + Σ r_ij (x_i − c_j) / N_j; an empty component stays where it was.</summary>
    public double[] Means(double[] former)
    {
        double[] means = new double[former.Length];
        Means(former, means);
        return means;
    }

    /// <summary>The same, into an array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Means(double[] former, double[] means)
    {
        former.CopyTo(means, 0);
        double negligible = TotalWeight * ComponentScatters.Negligible;
        for (int j = 0; j < Components; j++)
        {
            ReadOnlySpan<double> centre = Centre(j);
            ReadOnlySpan<double> first = FirstMoment(j);
            for (int i = 0; i < Dimension && Weights[j] > negligible; i++)
            {
                means[(j * Dimension) + i] = centre[i] + (first[i] / Weights[j]);
            }
        }
    }
}
