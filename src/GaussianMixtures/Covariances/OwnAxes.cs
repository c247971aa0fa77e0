using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>Each component's principal axes, in decreasing order, and its scatter along them.</summary>
internal sealed class OwnAxes
{
    private readonly PrincipalAxes[] _axes;

    private OwnAxes(PrincipalAxes[] axes, AxisTable table)
    {
        _axes = axes;
        Table = table;
    }

    /// <summary>The eigenvalues of the scatters.</summary>
    public AxisTable Table { get; }

    public static OwnAxes Of(ComponentScatters scatters, LoopArrays? arrays)
    {
        int d = scatters.Dimension;
        AxisTable table = new(scatters.Weights, d, arrays);
        PrincipalAxes[] axes = new PrincipalAxes[scatters.Components];
        for (int j = 0; j < axes.Length; j++)
        {
            axes[j] = PrincipalAxes.Of(scatters.Scatter(j), LoopArrays.Take(arrays, d * d), LoopArrays.Take(arrays, d));
            axes[j].Values.CopyTo(table[j]);
        }

        return new OwnAxes(axes, table);
    }

    /// <summary>The covariances of given variances along each component's axes.</summary>
    public Covariance[] Compose(VariancesOf variances)
    {
        Covariance[] covariances = new Covariance[_axes.Length];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] triangle = LoopArrays.Take(Table.Arrays, Triangle.Length(Table.Dimension));
            _axes[j].Compose(variances(j), triangle);
            covariances[j] = new FullCovariance(triangle, Table.Dimension, Table.Arrays);
        }

        return covariances;
    }
}

/// <summary>A component's variances along its axes.</summary>
internal delegate ReadOnlySpan<double> VariancesOf(int component);
