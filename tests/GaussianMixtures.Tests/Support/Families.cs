namespace GaussianMixtures.Tests;

/// <summary>
/// What the laws run over: every covariance family there is, by name, so that a new family inherits every law and a
/// failing case shows its name.
/// </summary>
public static class Families
{
    public static TheoryData<string> All
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (CovarianceType type in CovarianceType.All)
                data.Add(type.Name);
            return data;
        }
    }

    /// <summary>The families whose M-step the oracle <see cref="PlainEm"/> has.</summary>
    public static TheoryData<string> InPlainEm =>
        [CovarianceType.Full.Name, CovarianceType.Tied.Name, CovarianceType.Diagonal.Name, CovarianceType.Spherical.Name];

    /// <summary>Families whose model does not change its form when the columns are scaled one by one.</summary>
    public static TheoryData<string> FreeOfColumnScale =>
        [.. CovarianceType.All.Where(type => type.IsColumnScaleFree).Select(type => type.Name)];

    /// <summary>Every family with every one of the given values.</summary>
    public static TheoryData<string, T> With<T>(params T[] values)
    {
        var data = new TheoryData<string, T>();
        foreach (CovarianceType type in CovarianceType.All)
            foreach (T value in values)
                data.Add(type.Name, value);
        return data;
    }
}
