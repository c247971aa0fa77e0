using System.Collections;
using System.Runtime.CompilerServices;

namespace GaussianMixtures.Covariances;

/// <summary>
/// The covariances of all components, in their order; and, where an estimate was searched for, where the searches ended: those for the
/// next one, from scatters that are a little different, begin there.
/// </summary>
/// <param name="covariances">Kept, not copied.</param>
[CollectionBuilder(typeof(ComponentCovariances), nameof(Create))]
internal sealed class ComponentCovariances(Covariance[] covariances) : IReadOnlyList<Covariance>, ITriangles
{
    public static ComponentCovariances None { get; } = new([]);

    /// <summary>Axes that all have in common, one after another, where a family has such.</summary>
    public double[]? Axes { get; init; }

    /// <summary>λ, where a family has one shape in several sizes.</summary>
    public double[]? Volumes { get; init; }

    /// <summary>The logarithm of the lift that held them above the floor, if that was necessary. See <see cref="LiftedScatters"/>.</summary>
    public double? LogLift { get; init; }

    public int Count => covariances.Length;

    public Covariance this[int index] => covariances[index];

    /// <summary>Whether all components, and more than one, hold one and the same covariance.</summary>
    public bool AreShared
    {
        get
        {
            for (int j = 1; j < covariances.Length; j++)
            {
                if (!ReferenceEquals(covariances[j], covariances[0]))
                {
                    return false;
                }
            }

            return covariances.Length > 1;
        }
    }

    public static ComponentCovariances Create(ReadOnlySpan<Covariance> covariances) => new(covariances.ToArray());

    /// <summary>What a family has returned, which may be a list of its own.</summary>
    public static ComponentCovariances From(IReadOnlyList<Covariance> estimates) => estimates as ComponentCovariances ?? new([.. estimates]);

    /// <summary>One covariance for so many components.</summary>
    public static ComponentCovariances Shared(Covariance covariance, int components)
    {
        Covariance[] shared = new Covariance[components];
        shared.AsSpan().Fill(covariance);
        return new ComponentCovariances(shared);
    }

    public bool TrueForAll(Predicate<Covariance> holds) => Array.TrueForAll(covariances, holds);

    public T[] ConvertAll<T>(Converter<Covariance, T> convert) => Array.ConvertAll(covariances, convert);

    /// <summary>The lower triangle of Σ_j, row after row.</summary>
    public double[] ToTriangle(int component) => covariances[component].ToTriangle();

    /// <summary>The scatters N_j Σ_j that components of these weights would have left.</summary>
    public ComponentScatters ToScatters(ScatterShape shape, double[] weights)
    {
        int d = covariances[0].Dimension;
        double[] scatter = new double[shape.Length(Count, d)];
        for (int j = 0; j < weights.Length; j++)
        {
            covariances[j].AddTo(shape, weights[j], scatter.AsSpan(shape.Slice(j, d)));
        }

        return new ComponentScatters(shape, d, weights, scatter);
    }

    /// <summary>The same covariances, found with a lift.</summary>
    public ComponentCovariances With(double logLift) => new(covariances) { Axes = Axes, Volumes = Volumes, LogLift = logLift };

    public ReadOnlySpan<Covariance>.Enumerator GetEnumerator() => new ReadOnlySpan<Covariance>(covariances).GetEnumerator();

    IEnumerator<Covariance> IEnumerable<Covariance>.GetEnumerator() => covariances.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => covariances.GetEnumerator();
}
