using System.Collections;

namespace GaussianMixtures.Covariances;

/// <summary>
/// The covariances of an estimate that was searched for, and where the searches ended: those for the next estimate, from scatters that are
/// a little different, begin there.
/// </summary>
internal sealed class EstimatedCovariances(Covariance[] covariances) : IReadOnlyList<Covariance>
{
    /// <summary>Axes that all have in common, one after another, where a family has such.</summary>
    public double[]? Axes { get; init; }

    /// <summary>λ, where a family has one shape in several sizes.</summary>
    public double[]? Volumes { get; init; }

    /// <summary>The logarithm of the lift that held them above the floor, if that was necessary. See <see cref="LiftedScatters"/>.</summary>
    public double? LogLift { get; init; }

    public int Count => covariances.Length;

    public Covariance this[int index] => covariances[index];

    /// <summary>The same covariances, found with a lift.</summary>
    public EstimatedCovariances With(double logLift) => new(covariances) { Axes = Axes, Volumes = Volumes, LogLift = logLift };

    public IEnumerator<Covariance> GetEnumerator() => covariances.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
