using System.Runtime.CompilerServices;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Initializations;

/// <summary>
/// Clusters of rows and what it costs to join two: how much Σ_j N_j log(|W_j / N_j| + (tr W_j + α) / N_j) grows, −2 times the
/// logarithm of the classification likelihood of components with full covariances, where the trace keeps clusters of few
/// rows from being infinitely likely (Fraley 1998, doi:10.1137/S1064827596311451; Banfield &amp; Raftery 1993, doi:10.2307/2532201).
/// N_j is a cluster's weight, W_j its scatter and α = tr W / (N p) of all rows.
/// </summary>
internal sealed class RowClusters
{
    /// <summary>
    /// Above this many columns the determinant is nothing beside the trace: by the inequality of the means, |W / N| is at most
    /// (tr W / N p)^p, and tr W / N is about 1 / √n in the units of <see cref="StandardizedAxes"/>.
    /// </summary>
    private const int MostDeterminedColumns = 16;

    /// <summary>The distance from 1 to the next double.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    private readonly int _columns;
    private readonly double _alpha;
    private readonly double[] _means;
    private readonly double[] _weights;
    private readonly int[] _rows;
    private readonly double[] _traces;
    private readonly double[] _terms;

    /// <summary>The scatters as triangles, one after another; empty where determinants are never asked for.</summary>
    private readonly double[] _scatters;
    private readonly double[] _difference;
    private readonly double[] _scatter;

    /// <param name="rows">n x p, row after row, about their mean; used up.</param>
    /// <param name="weights">n, about 1 in the mean; used up.</param>
    /// <param name="columns">p, at least 1.</param>
    public RowClusters(double[] rows, double[] weights, int columns)
    {
        _columns = columns;
        _means = rows;
        _weights = weights;
        _rows = new int[weights.Length];
        _rows.AsSpan().Fill(1);
        _traces = new double[weights.Length];
        _difference = new double[columns];
        _scatter = new double[columns <= MostDeterminedColumns ? Triangle.Length(columns) : 0];
        _scatters = new double[weights.Length * _scatter.Length];
        double trace = 0;
        double total = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            ReadOnlySpan<double> values = Mean(row);
            trace += weights[row] * VectorKernels.Best.Dot(values, values);
            total += weights[row];
        }

        _alpha = trace / (total * columns);
        _terms = Array.ConvertAll(weights, weight => weight * Math.Log(_alpha / weight));
    }

    /// <summary>The number of clusters there were at first: the rows.</summary>
    public int Count => _weights.Length;

    /// <summary>What joining two clusters costs; or, as soon as it is seen to be above <paramref name="most"/>, a lower bound of it that is, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Cost(int left, int right, double most = double.PositiveInfinity)
    {
        double own = _terms[left] + _terms[right];
        return Term(left, right, Trace(left, right), most + own) - own;
    }

    /// <summary>Adds the rows of one cluster to another, which alone is to be asked for from now on.</summary>
    public void Join(int from, int into)
    {
        double trace = Trace(from, into);
        _terms[into] = Term(from, into, trace);
        _traces[into] = trace;
        if (_scatter.Length > 0)
        {
            Scatter(from, into);
            _scatter.CopyTo(ScatterOf(into));
        }

        double share = _weights[from] / (_weights[from] + _weights[into]);
        Span<double> mean = Mean(into);
        for (int i = 0; i < _columns; i++)
        {
            mean[i] += share * (Mean(from)[i] - mean[i]);
        }

        _weights[into] += _weights[from];
        _rows[into] += _rows[from];
    }

    private Span<double> Mean(int cluster) => _means.AsSpan(cluster * _columns, _columns);

    private Span<double> ScatterOf(int cluster) => _scatters.AsSpan(cluster * _scatter.Length, _scatter.Length);

    /// <summary>What the distance of two clusters' means counts in the scatter of their union.</summary>
    private double Leverage(int left, int right) => _weights[left] * _weights[right] / (_weights[left] + _weights[right]);

    /// <summary>tr W of the union.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Trace(int left, int right)
    {
        ReadOnlySpan<double> one = Mean(left);
        ReadOnlySpan<double> other = Mean(right);
        double distance = 0;
        for (int i = 0; i < _columns; i++)
        {
            double difference = one[i] - other[i];
            distance += difference * difference;
        }

        return _traces[left] + _traces[right] + (Leverage(left, right) * distance);
    }

    /// <summary>N log(|W / N| + (tr W + α) / N) of the union; without the determinant, if it is above <paramref name="most"/> as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Term(int left, int right, double trace, double most = double.PositiveInfinity)
    {
        double weight = _weights[left] + _weights[right];
        double size = (trace + _alpha) / weight;
        // p rows or fewer leave a direction without scatter.
        bool isFlat = _rows[left] + _rows[right] <= _columns || LargestDeterminant(trace / (weight * _columns)) <= Epsilon * size;
        double withoutDeterminant = isFlat || most < double.PositiveInfinity ? weight * Math.Log(size) : double.NegativeInfinity;
        return isFlat || withoutDeterminant > most ? withoutDeterminant : weight * Math.Log(size + Determinant(left, right, weight));
    }

    /// <summary>The determinant of the mean variance in every direction; 0 where none is ever asked for.</summary>
    private double LargestDeterminant(double meanVariance)
    {
        double product = _scatter.Length > 0 ? 1 : 0;
        for (int i = 0; i < _columns && product > 0; i++)
        {
            product *= meanVariance;
        }

        return product;
    }

    /// <summary>|W / N| of the union; 0 where its columns depend on one another but for rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Determinant(int left, int right, double weight)
    {
        Scatter(left, right);
        if (!Cholesky.TryFactor(_scatter, _columns, _columns * Epsilon))
        {
            return 0;
        }

        double determinant = 1;
        for (int i = 0; i < _columns; i++)
        {
            double root = _scatter[Triangle.Index(i, i)];
            determinant *= root * root / weight;
        }

        return determinant;
    }

    /// <summary>W of the union.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scatter(int left, int right)
    {
        double leverage = Leverage(left, right);
        for (int i = 0; i < _columns; i++)
        {
            _difference[i] = Mean(left)[i] - Mean(right)[i];
        }

        ReadOnlySpan<double> one = ScatterOf(left);
        ReadOnlySpan<double> other = ScatterOf(right);
        for (int i = 0, at = 0; i < _columns; i++)
        {
            double scaled = leverage * _difference[i];
            for (int j = 0; j <= i; j++, at++)
            {
                _scatter[at] = one[at] + other[at] + (scaled * _difference[j]);
            }
        }
    }
}
