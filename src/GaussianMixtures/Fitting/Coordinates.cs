using System.Runtime.CompilerServices;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>
/// What a pass has found, centred, as a vector without constraints: log N_j / N_k, means in units of the columns' deviations, and of each
/// scatter the coordinates that its shape gives it.
/// </summary>
internal sealed class Coordinates
{
    private readonly ScatterShape _shape;
    private readonly double[] _scale;
    private readonly int _components;
    private readonly int _matrices;
    private readonly int _perMatrix;

    public Coordinates(ScatterShape shape, int components, double[] scale)
    {
        _shape = shape;
        _scale = scale;
        _components = components;
        _matrices = shape.Matrices(components);
        int scatter = shape.Length(components, scale.Length);
        _perMatrix = scatter / _matrices;
        Length = components - 1 + (components * scale.Length) + scatter;
    }

    public int Length { get; }

    /// <summary>False where a component accounts for nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryWrite(MixtureStatistics statistics, Span<double> coordinates)
    {
        int last = _components - 1;
        ReadOnlySpan<double> weights = statistics.Weights;
        double total = statistics.TotalWeight;
        foreach (double weight in weights)
        {
            if (!(weight > total * ComponentScatters.Negligible))
            {
                return false;
            }
        }

        for (int j = 0; j < last; j++)
        {
            coordinates[j] = Math.Log(weights[j] / weights[last]);
        }

        Span<double> means = coordinates[last..];
        for (int at = 0; at < statistics.Centres.Length; at++)
        {
            means[at] = statistics.Centres[at] / _scale[at % _scale.Length];
        }

        Span<double> roots = means[statistics.Centres.Length..];
        for (int m = 0; m < _matrices; m++)
        {
            _shape.ToCoordinates(statistics.Scatter[_shape.Slice(m, _scale.Length)], _matrices == 1 ? total : weights[m], _scale, roots.Slice(m * _perMatrix, _perMatrix));
        }

        return true;
    }

    /// <summary>The statistics at a point; false where they are none (a value overflowed).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(ReadOnlySpan<double> coordinates, double total, MixtureStatistics into)
    {
        foreach (double coordinate in coordinates)
        {
            if (!(Math.Abs(coordinate) < 1e100))
            {
                return false;
            }
        }

        int last = _components - 1;
        double highest = 0;
        for (int j = 0; j < last; j++)
        {
            highest = Math.Max(highest, coordinates[j]);
        }

        double[] means = into.Centres;
        into.Reset(means);
        Span<double> weights = into.Weights;
        double sum = 0;
        for (int j = 0; j < _components; j++)
        {
            sum += weights[j] = Math.Exp((j < last ? coordinates[j] : 0) - highest);
        }

        for (int j = 0; j < _components; j++)
        {
            weights[j] *= total / sum;
        }

        ReadOnlySpan<double> scaled = coordinates.Slice(last, means.Length);
        for (int at = 0; at < means.Length; at++)
        {
            means[at] = scaled[at] * _scale[at % _scale.Length];
        }

        ReadOnlySpan<double> roots = coordinates[(last + means.Length)..];
        for (int m = 0; m < _matrices; m++)
        {
            _shape.FromCoordinates(roots.Slice(m * _perMatrix, _perMatrix), _matrices == 1 ? total : weights[m], _scale, into.Scatter[_shape.Slice(m, _scale.Length)]);
        }

        return true;
    }
}
