using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>One of the forms a <see cref="Covariance"/> is kept in: its name and how many numbers make one.</summary>
internal sealed record CovarianceForm(string Name, Func<int, int> Length, Func<int, double[], Covariance> Create)
{
    /// <summary>σ²·I: one number.</summary>
    public static CovarianceForm Spherical { get; } = new("spherical", _ => 1, (d, values) => new SphericalCovariance(d, values[0]));

    /// <summary>d variances.</summary>
    public static CovarianceForm Diagonal { get; } = new("diagonal", d => d, (_, values) => new DiagonalCovariance(values));

    /// <summary>The lower triangle, row after row.</summary>
    public static CovarianceForm Full { get; } = new("full", Triangle.Length, (d, values) => new FullCovariance(values, d));

    public static IReadOnlyList<CovarianceForm> All { get; } = [Spherical, Diagonal, Full];
}
