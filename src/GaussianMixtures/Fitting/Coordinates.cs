using System.Runtime.CompilerServices;
using GaussianMixtures.Covariances;
using GaussianMixtures.Scoring;

namespace GaussianMixtures.Fitting;

/// <summary>
/// Mixture parameters as a vector without constraints: log w_j / w_k, means in units of the columns' deviations, and of each
/// distinct covariance the coordinates of its form.
/// </summary>
internal sealed class Coordinates
{
    private readonly CovarianceType _type;
    private readonly double[] _scale;
    private readonly int _components;
    private readonly int _distinct;
    private readonly int _perCovariance;

    public Coordinates(MixtureParameters like, CovarianceType type, double[] scale)
    {
        _type = type;
        _scale = scale;
        _components = like.Components;
        _distinct = like.SharesCovariance ? 1 : like.Components;
        _perCovariance = like.Covariances[0].Form.Length(like.Dimension);
        Length = like.Components - 1 + like.Means.Length + (_distinct * _perCovariance);
    }

    public int Length { get; }

    /// <summary>False where a parameter lies on the boundary: a weight of 0, or covariances of another structure.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryWrite(MixtureParameters parameters, Span<double> coordinates)
    {
        int last = _components - 1;
        if (parameters.Weights.Contains(0) || (parameters.SharesCovariance ? 1 : _components) != _distinct)
        {
            return false;
        }

        foreach (Covariance covariance in parameters.Covariances)
        {
            if (covariance.Form.Length(covariance.Dimension) != _perCovariance)
            {
                return false;
            }
        }

        for (int j = 0; j < last; j++)
        {
            coordinates[j] = Math.Log(parameters.Weights[j] / parameters.Weights[last]);
        }

        Span<double> means = coordinates[last..];
        for (int at = 0; at < parameters.Means.Length; at++)
        {
            means[at] = parameters.Means[at] / _scale[at % _scale.Length];
        }

        Span<double> covariances = means[parameters.Means.Length..];
        for (int c = 0; c < _distinct; c++)
        {
            parameters.Covariances[c].ToCoordinates(covariances.Slice(c * _perCovariance, _perCovariance), _scale);
        }

        return true;
    }

    /// <summary>The parameters at a point, brought into the family; null where they are none (a value overflowed).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public MixtureParameters? TryRead(ReadOnlySpan<double> coordinates, MixtureParameters like)
    {
        foreach (double coordinate in coordinates)
        {
            if (!(Math.Abs(coordinate) < 1e100))
            {
                return null;
            }
        }

        int last = _components - 1;
        double[] weights = new double[_components];
        double highest = 0;
        for (int j = 0; j < last; j++)
        {
            highest = Math.Max(highest, coordinates[j]);
        }

        double total = 0;
        for (int j = 0; j < _components; j++)
        {
            total += weights[j] = Math.Exp((j < last ? coordinates[j] : 0) - highest);
        }

        for (int j = 0; j < _components; j++)
        {
            weights[j] /= total;
        }

        ReadOnlySpan<double> scaled = coordinates.Slice(last, like.Means.Length);
        double[] means = new double[like.Means.Length];
        for (int at = 0; at < means.Length; at++)
        {
            means[at] = scaled[at] * _scale[at % _scale.Length];
        }

        ReadOnlySpan<double> covariances = coordinates[(last + means.Length)..];
        Covariance[] read = new Covariance[_components];
        for (int j = 0; j < _components; j++)
        {
            int c = Math.Min(j, _distinct - 1);
            read[j] = j > c ? read[c] : like.Covariances[c].FromCoordinates(covariances.Slice(c * _perCovariance, _perCovariance), _scale);
        }

        return like with { Weights = weights, Means = means, Covariances = _type.BringBack(new ComponentCovariances(read), weights, like.Covariances) };
    }
}
