namespace GaussianMixtures.Tests;

/// <summary>Data on which other libraries throw or answer NaN, and which families it takes the variance away from.</summary>
/// <param name="X">The data.</param>
/// <param name="Components">How many components to ask for.</param>
/// <param name="Collapsing">The families that have no maximum likelihood here, so that the floor must hold them.</param>
/// <param name="Floored">
/// The families that the floor holds although the likelihood has a maximum: variances far below those of the data.
/// </param>
/// <param name="Columns">The columns a diagnostic must name at least one of; all if any will do.</param>
internal sealed record HostileData(
    double[,] X, int Components, CovarianceType[] Collapsing, CovarianceType[] Floored, int[] Columns)
{
    private static readonly CovarianceType[] Every = [.. CovarianceType.All];

    /// <summary>Those with an orientation to estimate.</summary>
    private static readonly CovarianceType[] WithCorrelations = [.. CovarianceType.All.Where(type => type.Name[2] != 'I')];

    /// <summary>Those that are no spheres.</summary>
    private static readonly CovarianceType[] WithColumns = [.. CovarianceType.All.Where(type => type.Name[1] != 'I')];

    /// <summary>Those whose components have the same eigenvalues: one that is a point is no collapse while another is none.</summary>
    private static readonly CovarianceType[] OfSharedLengths = [.. CovarianceType.All.Where(type => type.Name[0] == 'E' && type.Name[1] != 'V')];

    private static readonly Dictionary<string, Func<HostileData>> Kinds = new()
    {
        ["two distinct rows"] = () => new(Repeated([1, 2, 3], [4, 1, 7]), 2, Every, [], [0, 1, 2]),
        ["two distinct rows in three"] = () => new(Repeated([1, 2, 3], [4, 1, 7]), 3, Every, [], [0, 1, 2]),
        ["all rows equal"] = () => new(Repeated([5, -3], [5, -3]), 2, Every, [], [0, 1]),
        ["all rows zero"] = () => new(Repeated([0, 0], [0, 0]), 2, Every, [], [0, 1]),
        ["all rows equal, one component"] = () => new(Repeated([5e8, -3], [5e8, -3]), 1, Every, [], [0, 1]),
        ["constant column"] = () => new(With(2, (_, _) => 7), 2, WithColumns, [], [2]),
        ["constant column far out"] = () => new(With(0, (_, _) => 1.7e9), 2, WithColumns, [], [0]),
        ["duplicated column"] = () => new(With(2, (row, _) => row[0]), 2, WithCorrelations, [], [0, 2]),
        ["column that is a sum"] = () => new(With(2, (row, _) => row[0] + row[1]), 2, WithCorrelations, [], [0, 1, 2]),
        ["more columns than rows"] = () => new(SyntheticData.Clouds(12, 20, 2, seed: 31), 2, WithCorrelations, [], All(20)),
        ["n = k"] = () => new(SyntheticData.Clouds(4, 2, 4, seed: 32, separation: 9), 4, Every, [], [0, 1]),
        ["one row"] = () => new(new double[,] { { 3, 4 } }, 1, Every, [], [0, 1]),
        ["one outlier"] = () => new(
            With(1, (row, i) => i == 17 ? 1e12 : row[1]),
            2,
            [CovarianceType.Spherical],
            [CovarianceType.Full, CovarianceType.Diagonal],
            [0, 1, 2]),
        ["one far row"] = () => new(WithFarRow(), 2, [.. Every.Except(OfSharedLengths)], OfSharedLengths, [0, 1, 2]),
        ["columns of all sizes"] = () => new(Sizes(1e-100, 1, 1e100), 2, [], [], []),
        ["tiny and constant"] = () => new(SyntheticData.Map(With(2, (_, _) => 7), (v, _) => v * 1e-140), 2, WithColumns, [], [2]),
    };

    /// <summary>Every family on every kind of data.</summary>
    public static TheoryData<string, string> ByFamily => Families.With([.. Kinds.Keys]);

    /// <summary>The families on the kinds of data that take their variance away.</summary>
    public static TheoryData<string, string> Collapses => Select(kind => kind.Collapsing);

    /// <summary>The families on the kinds of data where the floor has to hold a variance.</summary>
    public static TheoryData<string, string> FloorHolds => Select(kind => [.. kind.Collapsing, .. kind.Floored]);

    public static IEnumerable<string> Names => Kinds.Keys;

    public static HostileData Named(string name) => Kinds[name]();

    private static TheoryData<string, string> Select(Func<HostileData, IEnumerable<CovarianceType>> families)
    {
        var data = new TheoryData<string, string>();
        foreach ((string name, Func<HostileData> make) in Kinds)
            foreach (CovarianceType type in families(make()))
                data.Add(type.Name, name);
        return data;
    }

    private static int[] All(int columns) => [.. Enumerable.Range(0, columns)];

    private static double[,] Repeated(double[] one, double[] other)
    {
        var x = new double[30, one.Length];
        for (int i = 0; i < 30; i++)
            for (int j = 0; j < one.Length; j++)
                x[i, j] = i % 3 == 0 ? one[j] : other[j];
        return x;
    }

    /// <summary>Two clouds in three columns, one column of which is made from its row.</summary>
    private static double[,] With(int column, Func<double[], int, double> value)
    {
        double[,] x = SyntheticData.Clouds(100, 3, 2, seed: 33);
        for (int i = 0; i < 100; i++)
            x[i, column] = value(SyntheticData.Row(x, i), i);
        return x;
    }

    private static double[,] WithFarRow()
    {
        double[,] x = SyntheticData.Clouds(100, 3, 2, seed: 34);
        for (int j = 0; j < 3; j++)
            x[50, j] = -1e12;
        return x;
    }

    private static double[,] Sizes(params double[] sizes) =>
        SyntheticData.Map(SyntheticData.Clouds(100, 3, 2, seed: 35), (value, j) => value * sizes[j]);
}
