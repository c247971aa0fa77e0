using GaussianMixtures.Data;

namespace GaussianMixtures.Priors;

/// <summary>Which covariance types have a conjugate prior, and for which of them the posterior serves as a distribution.</summary>
internal static class ConjugateTypes
{
    private static readonly Dictionary<CovarianceType, ConjugatePrecision> Posteriors = new()
    {
        [CovarianceType.Full] = new WishartPerComponent(),
        [CovarianceType.Tied] = new SharedWishart(),
        [CovarianceType.Diagonal] = new GammaPerColumn(),
        [CovarianceType.Spherical] = new GammaPerComponent(),
    };

    /// <summary>
    /// The six of Fraley &amp; Raftery's table 2, spheres, ellipsoids along the columns, and any, of each component or the same for all; and the
    /// four to which mclust extends them.
    /// </summary>
    private static readonly Dictionary<CovarianceType, ConjugateCovariance> Modes =
        new(Posteriors.Select(known => KeyValuePair.Create<CovarianceType, ConjugateCovariance>(known.Key, known.Value)))
        {
            [CovarianceType.EII] = new SharedGamma(),
            [CovarianceType.EEI] = new SharedGammaPerColumn(),
            [CovarianceType.VEI] = new SharedShapePerColumn(),
            [CovarianceType.EVI] = new SharedVolumePerColumn(),
            [CovarianceType.EEV] = new SharedEllipsoid(),
            [CovarianceType.VEV] = new SharedShape(),
        };

    /// <summary>The prior whose posterior is used as it is.</summary>
    /// <exception cref="ArgumentException">The type has none.</exception>
    public static ConjugatePrecision Posterior(CovarianceType type) => Posteriors.GetValueOrDefault(type) ?? throw Refuse.Argument(
        nameof(CovarianceType), $"CovarianceType is {type}, which has no exact posterior here. Use one of {string.Join(", ", Posteriors.Keys)}.");

    /// <summary>The prior whose posterior's mode is estimated.</summary>
    /// <exception cref="ArgumentException">The type has none.</exception>
    public static ConjugateCovariance Mode(CovarianceType type) => Modes.GetValueOrDefault(type) ?? throw Refuse.Argument("Prior",
        $"Prior is conjugate, and for CovarianceType {type} no such prior is known. Use Prior.None, or one of the types "
        + $"{string.Join(", ", Modes.Keys)}.");
}
