namespace GaussianMixtures.Tests;

/// <summary>The strategies that find a start by themselves, by name: what holds for one start holds for all.</summary>
internal static class Starts
{
    private static readonly Dictionary<string, Initialization> Found = new()
    {
        ["KMeans"] = Initialization.KMeans,
        ["KMeansPlusPlus"] = Initialization.KMeansPlusPlus,
        ["RandomPoints"] = Initialization.RandomPoints,
        ["RandomResponsibilities"] = Initialization.RandomResponsibilities,
        ["Hierarchical"] = Initialization.Hierarchical,
        ["ShortRuns"] = Initialization.ShortRuns(runs: 6, iterations: 3),
    };

    public static IReadOnlyCollection<Initialization> All => Found.Values;

    public static TheoryData<string, string> ByFamily => Families.With([.. Found.Keys]);

    public static Initialization Named(string name) => Found[name];
}
