namespace GaussianMixtures.Tests;

/// <summary>What the laws of the variational posteriors run over.</summary>
public static class BayesianCases
{
    private static readonly Dictionary<string, Func<double, WeightPrior>> Priors = new()
    {
        ["Dirichlet"] = WeightPrior.Dirichlet,
        ["process"] = WeightPrior.DirichletProcess,
    };

    public static IReadOnlyList<CovarianceType> Families { get; } =
        [CovarianceType.Full, CovarianceType.Tied, CovarianceType.Diagonal, CovarianceType.Spherical];

    /// <summary>The types with a conjugate prior whose posterior has a mode: those for which mclust has it too.</summary>
    public static IReadOnlyList<CovarianceType> WithModes { get; } =
    [
        CovarianceType.EII, CovarianceType.EEI, CovarianceType.VEI, CovarianceType.EVI, CovarianceType.EEV, CovarianceType.VEV, .. Families,
    ];

    public static TheoryData<string> Types => [.. Families.Select(type => type.Name)];

    public static TheoryData<string, string> TypesAndPriors => With([.. Priors.Keys]);

    /// <summary>Every type that has posteriors with every one of the given values.</summary>
    public static TheoryData<string, T> With<T>(params T[] values)
    {
        var data = new TheoryData<string, T>();
        foreach (CovarianceType type in Families)
            foreach (T value in values)
                data.Add(type.Name, value);
        return data;
    }

    public static WeightPrior Prior(string name, double concentration) => Priors[name](concentration);
}
