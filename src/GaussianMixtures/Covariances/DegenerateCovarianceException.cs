namespace GaussianMixtures;

/// <summary>
/// A component's covariance collapsed: its variance vanished in some columns, or some columns depend linearly on others within
/// it, and neither <see cref="GaussianMixture.VarianceFloor"/> nor <see cref="GaussianMixture.Ridge"/> was there to hold it.
/// </summary>
public sealed class DegenerateCovarianceException : ArithmeticException
{
    /// <summary>Creates the exception for a component and the columns in which it collapsed, both counted from 0.</summary>
    public DegenerateCovarianceException(int component, IReadOnlyList<int> columns)
        : base($"The covariance of component {component} is singular: its variance vanishes in, or among, column{(columns.Count == 1 ? "" : "s")} "
            + $"{string.Join(", ", columns)}. Reduce the number of components, remove columns that are constant or depend on "
            + "others, or set VarianceFloor (or Ridge) above 0.")
    {
        Component = component;
        Columns = columns;
    }

    /// <summary>The component, counted from 0 in the order of the start.</summary>
    public int Component { get; }

    /// <summary>The columns, counted from 0, whose variance vanishes or which depend on one another.</summary>
    public IReadOnlyList<int> Columns { get; }
}
