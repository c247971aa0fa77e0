using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Initializations;

/// <summary>
/// Observations made ready to be fitted: checked, summarised and packed, with what has been found out about them on the way.
/// Depends on the observations and their weights only, so any number of fits may share it, side by side.
/// </summary>
internal sealed class FitData
{
    /// <summary>A fit to so many chunks of data keeps one more thread as busy as another fit would.</summary>
    private const int ChunksPerThread = 32;

    private readonly Dictionary<object, object> _known = [];

    private FitData(Observations observations, Vector<double>? weights, double[]? rowWeights, double weightUnit, ColumnSummary summary,
        PackedData packed, double[] scale)
    {
        Observations = observations;
        Weights = weights;
        RowWeights = rowWeights;
        WeightUnit = weightUnit;
        Summary = summary;
        Packed = packed;
        Scale = scale;
    }

    /// <summary>As the caller gave them.</summary>
    public Observations Observations { get; }

    /// <summary>As the caller gave them.</summary>
    public Vector<double>? Weights { get; }

    /// <summary>The weights divided by <see cref="WeightUnit"/>; null where all are 1.</summary>
    public double[]? RowWeights { get; }

    /// <summary>A power of two: multiplies what the engine sums up over rows.</summary>
    public double WeightUnit { get; }

    /// <summary>In data units, under <see cref="RowWeights"/>.</summary>
    public ColumnSummary Summary { get; }

    public PackedData Packed { get; }

    /// <summary>Each column's standard deviation, positive, in the engine's units.</summary>
    public double[] Scale { get; }

    /// <summary>
    /// What the log-likelihood of all rows in data units exceeds that in the engine's units by: packed data are denser by
    /// 2^(d·exponent).
    /// </summary>
    public double LogUnit => Summary.TotalWeight * Observations.Dimension * Packed.Packing.Exponent * Math.Log(2);

    /// <exception cref="ArgumentException">x or weights holds a value that is not usable.</exception>
    public static FitData Of(Observations x, Vector<double>? weights, int? degree, CancellationToken cancellationToken)
    {
        double[]? rowWeights = ObservationWeights.Checked(weights, x);
        double weightUnit = ObservationWeights.Normalize(rowWeights);
        using Workers workers = new(degree);
        ColumnSummary summary = ColumnSummary.Of(x, rowWeights, workers, cancellationToken);
        (PackedData packed, double[] scale) = FitProblem.Pack(summary);
        return new FitData(x, weights, rowWeights, weightUnit, summary, packed, scale);
    }

    /// <summary>
    /// How many of so many fits to run at once, and the threads of each: side by side with what threads are left; but where one has work for
    /// several, it gets them, and none is left alone with the longest.
    /// </summary>
    public (int AtOnce, int Each) ShareOut(int fits, int? degree)
    {
        int worthwhile = Math.Min(Packed.Grid.Count / ChunksPerThread, Workers.Share(1, degree));
        int each = Math.Max(worthwhile, Workers.Share(fits, degree));
        return (Workers.Share(each, degree), each);
    }

    /// <summary>The rows in which to look for a start of so many components.</summary>
    public StartSample SampleFor(int components, CancellationToken cancellationToken) =>
        SampleOf(StartSample.Size(Packed.Dimension, components), cancellationToken);

    /// <summary>The distinct rows, or so many of them.</summary>
    public StartSample SampleOf(int most, CancellationToken cancellationToken) =>
        Known(new SampleKey(most), () => StartSample.Of(Packed, Scale, most, cancellationToken));

    /// <summary>
    /// A thing that takes work to find and that several fits need: found by the first who asks, while others who ask for it wait.
    /// It must depend on nothing but the data and the key.
    /// </summary>
    /// <param name="key">Equal keys are one thing: a record of a type of the caller's own.</param>
    /// <param name="find">Finds it.</param>
    public T Known<T>(object key, Func<T> find)
    {
        Lazy<T> known;
        lock (_known)
        {
            known = _known.TryGetValue(key, out object? found) ? (Lazy<T>)found : new Lazy<T>(find);
            _known[key] = known;
        }

        return known.Value;
    }

    private sealed record SampleKey(int Most);
}
