using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>Variances b_je = λ_j a_e along given axes: one shape in several sizes. See <see cref="VolumeSearch"/>.</summary>
internal sealed class EqualShape : VolumeSearch
{
    private readonly AxisTable _scatter;

    /// <summary>a_e.</summary>
    private readonly double[] _shape;

    private EqualShape(AxisTable scatter)
        : base(scatter.Weights, scatter.Dimension, scatter.Arrays)
    {
        _scatter = scatter;
        _shape = LoopArrays.Take(scatter.Arrays, scatter.Dimension);
    }

    protected override double LogDeterminant => ScaledProduct.LogOf(_shape);

    protected override int WhitenedLength => _shape.Length;

    /// <param name="scatter">w_je.</param>
    /// <param name="former">An earlier estimate.</param>
    public static EqualShape Of(AxisTable scatter, ComponentCovariances former)
    {
        EqualShape shape = new(scatter);
        shape.Run(former);
        return shape;
    }

    /// <summary>b_je.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public AxisTable Variances()
    {
        AxisTable variances = _scatter.Like();
        for (int j = 0; j < Volumes.Length; j++)
        {
            for (int e = 0; e < _shape.Length; e++)
            {
                variances[j][e] = Volumes[j] * _shape[e];
            }
        }

        return variances;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override bool TryShape()
    {
        Array.Clear(_shape);
        for (int j = 0; j < Volumes.Length; j++)
        {
            ReadOnlySpan<double> scatter = _scatter[j];
            for (int e = 0; e < _shape.Length; e++)
            {
                _shape[e] += Volumes[j] > 0 ? scatter[e] / Volumes[j] / TotalWeight : 0;
            }
        }

        return !_shape.Contains(0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Quotients(Span<double> quotients)
    {
        for (int j = 0; j < quotients.Length; j++)
        {
            ReadOnlySpan<double> scatter = _scatter[j];
            double sum = 0;
            for (int e = 0; e < _shape.Length; e++)
            {
                sum += _shape[e] > 0 ? scatter[e] / _shape[e] : 0;
            }

            quotients[j] = sum;
        }
    }

    protected override void Whiten(int component, Span<double> whitened)
    {
        ReadOnlySpan<double> scatter = _scatter[component];
        for (int e = 0; e < _shape.Length; e++)
        {
            whitened[e] = scatter[e] / _shape[e];
        }
    }
}
