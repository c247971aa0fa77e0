using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Scoring;

/// <summary>
/// log(w_j · N(x; m_j, Σ_j)) of a block, for every component: −½ (d log 2π + log|Σ_j| + (x − m_j)ᵀΣ_j⁻¹(x − m_j)) + log w_j.
/// Prepared once per set of parameters.
/// </summary>
internal abstract class LogDensities
{
    private const double LogTwoPi = 1.8378770664093453;

    private readonly double[] _offsets;

    private protected LogDensities(MixtureParameters parameters)
    {
        Parameters = parameters;
        _offsets = new double[parameters.Components];
        for (int j = 0; j < _offsets.Length; j++)
        {
            _offsets[j] = Math.Log(parameters.Weights[j])
                - (0.5 * ((parameters.Dimension * LogTwoPi) + parameters.Covariances[j].LogDeterminant));
        }
    }

    public MixtureParameters Parameters { get; }

    /// <summary>Components that share one covariance are whitened together.</summary>
    public static LogDensities Of(MixtureParameters parameters) =>
        parameters.SharesCovariance ? new SharedCovarianceDensities(parameters) : new OwnCovarianceDensities(parameters);

    /// <summary>values: a panel of k rows, log(w_j p_j(x_s)) for every sample of the block. Always finite or −∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Evaluate(in RowBlock block, Span<double> scratch, Span<double> values)
    {
        SquaredDistances(block, scratch, values);
        for (int j = 0; j < _offsets.Length; j++)
        {
            VectorKernels.Best.FromDistances(values.Slice(j * Panel.Stride, Panel.Stride), _offsets[j], DistanceScale(j), block.Width);
        }
    }

    private protected abstract void SquaredDistances(in RowBlock block, Span<double> scratch, Span<double> distances);

    private protected virtual double DistanceScale(int component) => 1;
}

/// <summary>Every component with a covariance of its own.</summary>
internal sealed class OwnCovarianceDensities(MixtureParameters parameters) : LogDensities(parameters)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void SquaredDistances(in RowBlock block, Span<double> scratch, Span<double> distances)
    {
        int width = Panel.StripWidth(Parameters.Dimension);
        for (int start = 0; start < block.Width; start += width)
        {
            RowBlock strip = block.Strip(start, width);
            for (int j = 0; j < Parameters.Components; j++)
            {
                Parameters.Covariances[j].SquaredDistances(strip, Parameters.Mean(j), scratch,
                    distances.Slice((j * Panel.Stride) + start, strip.Width));
            }
        }
    }

    private protected override double DistanceScale(int component) => Parameters.Covariances[component].DistanceScale;
}

/// <summary>One covariance for all: whiten the block once, then plain distances from the whitened means.</summary>
internal sealed class SharedCovarianceDensities : LogDensities
{
    private readonly double[] _whitenedMeans;

    public SharedCovarianceDensities(MixtureParameters parameters)
        : base(parameters)
    {
        _whitenedMeans = new double[parameters.Means.Length];
        for (int j = 0; j < parameters.Components; j++)
        {
            parameters.Covariances[0].Whiten(parameters.Mean(j), _whitenedMeans.AsSpan(j * parameters.Dimension, parameters.Dimension));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void SquaredDistances(in RowBlock block, Span<double> scratch, Span<double> distances)
    {
        int d = Parameters.Dimension;
        Span<double> whitened = scratch[..(d * Panel.Stride)];
        Parameters.Covariances[0].Whiten(block, scratch[whitened.Length..], whitened);
        for (int j = 0; j < Parameters.Components; j++)
        {
            VectorKernels.Best.EuclideanDistances(whitened, _whitenedMeans.AsSpan(j * d, d), block.Width,
                distances.Slice(j * Panel.Stride, Panel.Stride));
        }
    }
}
