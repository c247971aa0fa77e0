using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>Covariances λ_j C: one ellipsoid in several sizes. See <see cref="VolumeSearch"/>.</summary>
internal sealed class CommonEllipsoid : VolumeSearch
{
    private readonly ComponentScatters _scatters;
    private readonly LoopArrays? _arrays;

    /// <summary>L, where C = L Lᵀ.</summary>
    private readonly double[] _lower;

    // What Quotients works with, components side by side.
    private readonly double[] _traces;
    private readonly double[] _columns;

    // What Whiten works with, from the first time on.
    private double[] _rows = [];
    private double[] _column = [];

    private CommonEllipsoid(ComponentScatters scatters, LoopArrays? arrays)
        : base(scatters.Weights, scatters.Dimension, arrays)
    {
        _scatters = scatters;
        _arrays = arrays;
        Shape = LoopArrays.Take(arrays, Triangle.Length(scatters.Dimension));
        _lower = LoopArrays.Take(arrays, Shape.Length);
        _traces = LoopArrays.Take(arrays, SideBySide.Width(scatters.Components));
        _columns = LoopArrays.Take(arrays, _traces.Length * scatters.Dimension);
    }

    /// <summary>C, up to a factor, as a triangle.</summary>
    public double[] Shape { get; }

    protected override double LogDeterminant => Cholesky.LogDeterminant(_lower, _scatters.Dimension);

    protected override int WhitenedLength => _scatters.Dimension * _scatters.Dimension;

    /// <param name="scatters">W_j.</param>
    /// <param name="former">An earlier estimate.</param>
    /// <param name="arrays">Where to take arrays from, if from anywhere.</param>
    public static CommonEllipsoid Of(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        CommonEllipsoid ellipsoid = new(scatters, arrays);
        ellipsoid.Run(former);
        return ellipsoid;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override bool TryShape()
    {
        Array.Clear(Shape);
        for (int j = 0; j < Volumes.Length; j++)
        {
            double share = Volumes[j] > 0 ? 1 / Volumes[j] / TotalWeight : 0;
            ReadOnlySpan<double> scatter = _scatters.Scatter(j);
            for (int at = 0; at < Shape.Length; at++)
            {
                Shape[at] += share * scatter[at];
            }
        }

        Shape.CopyTo(_lower, 0);
        return Cholesky.TryFactor(_lower, _scatters.Dimension, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Quotients(Span<double> quotients)
    {
        VectorKernels.ForRows(_traces.Length).TracesOfQuotient(_lower, _scatters.RootsSideBySide, _scatters.Dimension, _columns, _traces);
        _traces.AsSpan(0, quotients.Length).CopyTo(quotients);
    }

    /// <remarks>B Bᵀ with B = L⁻¹F_j.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Whiten(int component, Span<double> whitened)
    {
        int d = _scatters.Dimension;
        ReadOnlySpan<double> factor = _scatters.Root(component);
        if (_rows.Length == 0)
        {
            (_rows, _column) = (LoopArrays.Take(_arrays, d * d), LoopArrays.Take(_arrays, d));
        }

        (double[] rows, double[] column) = (_rows, _column);
        for (int c = 0; c < d; c++)
        {
            for (int i = 0; i < d; i++)
            {
                column[i] = i < c ? 0 : factor[Triangle.Index(i, c)];
            }

            Cholesky.SolveForward(_lower, column, c);
            for (int i = c; i < d; i++)
            {
                rows[(i * d) + c] = column[i];
            }
        }

        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                whitened[(i * d) + j] = whitened[(j * d) + i] = VectorKernels.Best.Dot(rows.AsSpan(i * d, j + 1), rows.AsSpan(j * d, j + 1));
            }
        }
    }
}
