using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>Each component's principal axes, in decreasing order, and its scatter along them.</summary>
internal sealed class OwnAxes
{
    /// <summary>d x d for each component, one axis after another.</summary>
    private readonly double[] _axes;

    private OwnAxes(double[] axes, AxisTable table)
    {
        _axes = axes;
        Table = table;
    }

    /// <summary>The eigenvalues of the scatters.</summary>
    public AxisTable Table { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static OwnAxes Of(ComponentScatters scatters, LoopArrays? arrays)
    {
        int d = scatters.Dimension;
        AxisTable table = new(scatters.Weights, d, arrays);
        double[] axes = LoopArrays.Take(arrays, scatters.Components * d * d);
        for (int j = 0; j < scatters.Components; j++)
        {
            SemidefiniteFactor.Columns(scatters.Scatter(j), d, axes.AsSpan(j * d * d, d * d));
        }

        PrincipalAxes.OfFactors(axes, table.Values, d, LoopArrays.Take(arrays, PrincipalAxes.ScratchLength(scatters.Components, d)));
        return new OwnAxes(axes, table);
    }

    /// <summary>Each component's axes, for use with the others' scatters.</summary>
    public double[][] ToArrays()
    {
        int length = Table.Dimension * Table.Dimension;
        double[][] arrays = new double[Table.Components][];
        for (int j = 0; j < arrays.Length; j++)
        {
            arrays[j] = _axes.AsSpan(j * length, length).ToArray();
            PrincipalAxes.Sharpen(arrays[j], Table.Dimension);
        }

        return arrays;
    }

    /// <summary>The covariances of given variances along each component's axes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Covariance[] Compose(VariancesOf variances)
    {
        int d = Table.Dimension;
        Covariance[] covariances = new Covariance[Table.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            ReadOnlySpan<double> own = variances(j);
            double[] triangle = LoopArrays.Take(Table.Arrays, Triangle.Length(d));
            for (int e = 0; e < d; e++)
            {
                PrincipalAxes.AddOuterProduct(own[e], _axes.AsSpan(((j * d) + e) * d, d), triangle);
            }

            covariances[j] = new FullCovariance(triangle, d, Table.Arrays);
        }

        return covariances;
    }
}

/// <summary>A component's variances along its axes.</summary>
internal delegate ReadOnlySpan<double> VariancesOf(int component);
