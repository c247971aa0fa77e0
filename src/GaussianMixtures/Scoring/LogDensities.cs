using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Scoring;

/// <summary>
/// log(w_j · N(x; m_j, Σ_j)) of a block, for every component: −½ (d log 2π + log|Σ_j| + (x − m_j)ᵀΣ_j⁻¹(x − m_j)) + log w_j, where
/// log w_j is what <see cref="MixtureParameters.WriteLogWeights"/> says. Prepared once per set of parameters.
/// </summary>
internal abstract class LogDensities
{
    private const double LogTwoPi = 1.8378770664093453;

    private protected LogDensities(MixtureParameters parameters, LoopArrays? arrays)
    {
        Parameters = parameters;
        Offsets = LoopArrays.Take(arrays, parameters.Components);
        parameters.WriteLogWeights(Offsets);
        for (int j = 0; j < Offsets.Length; j++)
        {
            Offsets[j] -= 0.5 * ((parameters.Dimension * LogTwoPi) + parameters.Covariances[j].LogDeterminant);
        }
    }

    public MixtureParameters Parameters { get; }

    /// <summary>log w_j − ½ (d log 2π + log|Σ_j|): the log density at the mean.</summary>
    private protected double[] Offsets { get; }

    /// <summary>
    /// Where all components' covariances are isotropic, diagonal, or one and the same, all are done together; otherwise one by one.
    /// </summary>
    /// <param name="parameters">Weights, means and covariances.</param>
    /// <param name="arrays">Where to take arrays from, if from anywhere.</param>
    public static LogDensities Of(MixtureParameters parameters, LoopArrays? arrays = null) =>
        parameters.Covariances.TrueForAll(covariance => covariance.IsotropicVariance is not null) ? new IsotropicDensities(parameters, arrays)
        : parameters.Covariances.TrueForAll(covariance => !covariance.InverseDeviations.IsEmpty) ? new AxisParallelDensities(parameters, arrays)
        : parameters.SharesCovariance ? new SharedCovarianceDensities(parameters, arrays)
        : new OwnCovarianceDensities(parameters, arrays);

    /// <summary>values: a panel of k rows, log(w_j p_j(x_s)) for every sample of the block. Always finite or −∞.</summary>
    public abstract void Evaluate(in RowBlock block, Span<double> scratch, Span<double> values);
}

/// <summary>Every component with a covariance of its own.</summary>
internal sealed class OwnCovarianceDensities(MixtureParameters parameters, LoopArrays? arrays) : LogDensities(parameters, arrays)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(in RowBlock block, Span<double> scratch, Span<double> values)
    {
        int width = Panel.StripWidth(Parameters.Dimension);
        for (int start = 0; start < block.Width; start += width)
        {
            RowBlock strip = block.Strip(start, width);
            for (int j = 0; j < Offsets.Length; j++)
            {
                Parameters.Covariances[j].Exponents(strip, Parameters.Mean(j), Offsets[j], scratch,
                    values.Slice((j * Panel.Stride) + start, strip.Width));
            }
        }
    }
}

/// <summary>Every component with a variance of its own, the same in all directions.</summary>
internal sealed class IsotropicDensities : LogDensities
{
    private readonly double[] _precisions;

    public IsotropicDensities(MixtureParameters parameters, LoopArrays? arrays)
        : base(parameters, arrays)
    {
        _precisions = LoopArrays.Take(arrays, parameters.Components);
        for (int j = 0; j < _precisions.Length; j++)
        {
            _precisions[j] = 1 / parameters.Covariances[j].IsotropicVariance!.Value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(in RowBlock block, Span<double> scratch, Span<double> values) =>
        VectorKernels.Best.EuclideanExponents(block.Panel, Parameters.Means, Offsets, _precisions, block.Width, values);
}

/// <summary>Every component with a variance of its own for each column.</summary>
internal sealed class AxisParallelDensities : LogDensities
{
    private readonly double[] _inverseDeviations;

    public AxisParallelDensities(MixtureParameters parameters, LoopArrays? arrays)
        : base(parameters, arrays)
    {
        _inverseDeviations = LoopArrays.Take(arrays, parameters.Means.Length);
        for (int j = 0; j < parameters.Components; j++)
        {
            parameters.Covariances[j].InverseDeviations.CopyTo(_inverseDeviations.AsSpan(j * parameters.Dimension));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(in RowBlock block, Span<double> scratch, Span<double> values) =>
        VectorKernels.Best.ScaledExponents(block.Panel, Parameters.Means, _inverseDeviations, Offsets, block.Width, values);
}

/// <summary>One covariance for all: whiten the block once, then plain distances from the whitened means.</summary>
internal sealed class SharedCovarianceDensities : LogDensities
{
    private readonly double[] _whitenedMeans;
    private readonly double[] _ones;

    public SharedCovarianceDensities(MixtureParameters parameters, LoopArrays? arrays)
        : base(parameters, arrays)
    {
        _ones = LoopArrays.Take(arrays, parameters.Components);
        _ones.AsSpan().Fill(1);
        _whitenedMeans = LoopArrays.Take(arrays, parameters.Means.Length);
        for (int j = 0; j < parameters.Components; j++)
        {
            parameters.Covariances[0].Whiten(parameters.Mean(j), _whitenedMeans.AsSpan(j * parameters.Dimension, parameters.Dimension));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(in RowBlock block, Span<double> scratch, Span<double> values)
    {
        Span<double> whitened = scratch[..(Parameters.Dimension * Panel.Stride)];
        Parameters.Covariances[0].Whiten(block, scratch[whitened.Length..], whitened);
        VectorKernels.Best.EuclideanExponents(whitened, _whitenedMeans, Offsets, _ones, block.Width, values);
    }
}
