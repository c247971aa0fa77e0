using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Scoring;

/// <summary>Where the responsibilities of a block come from: the E-step, or something that stands in for it at the start.</summary>
internal interface IResponsibilities
{
    /// <summary>Fills workspace.Responsibilities with weight_s · r_js and returns the block's Σ weight · log p(x).</summary>
    double Fill(in RowBlock block, in WorkspaceSpans workspace);
}

/// <summary>
/// The E-step, the only one: r_ij = w_j p_j(x_i) / Σ_l w_l p_l(x_i), computed in log space, and log p(x_i) with it.
/// </summary>
internal sealed class EStep(LogDensities densities) : IResponsibilities
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Fill(in RowBlock block, in WorkspaceSpans workspace)
    {
        densities.Evaluate(block, workspace.Scratch, workspace.Responsibilities);
        return Normalize(block, workspace);
    }

    /// <summary>The same, and both log-likelihoods of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LogLikelihoods Score(in RowBlock block, in WorkspaceSpans workspace)
    {
        densities.Evaluate(block, workspace.Scratch, workspace.Responsibilities);
        double classification = VectorKernels.Best.WeightedPeaks(workspace.Responsibilities, densities.Parameters.Components,
            block.Weights, block.Width);
        return new LogLikelihoods(Normalize(block, workspace), classification);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Normalize(in RowBlock block, in WorkspaceSpans workspace) => VectorKernels.Best.Normalize(
        workspace.Responsibilities, densities.Parameters.Components, block.Weights, block.Width, workspace.LogDensities);
}

/// <summary>The classification E-step: all of an observation goes to the component of the highest density.</summary>
internal sealed class HardAssignment(LogDensities densities) : IResponsibilities
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Fill(in RowBlock block, in WorkspaceSpans workspace)
    {
        Span<double> values = workspace.Responsibilities;
        densities.Evaluate(block, workspace.Scratch, values);
        double logLikelihood = 0;
        for (int s = 0; s < block.Width; s++)
        {
            int best = HighestComponent(values, densities.Parameters.Components, s);
            logLikelihood += block.Weights[s] * values[(best * Panel.Stride) + s];
            for (int j = 0; j < densities.Parameters.Components; j++)
            {
                values[(j * Panel.Stride) + s] = j == best ? block.Weights[s] : 0;
            }
        }

        return logLikelihood;
    }

    /// <summary>The component whose value is highest for sample s; among equals the first.</summary>
    public static int HighestComponent(ReadOnlySpan<double> values, int components, int s)
    {
        int best = 0;
        for (int j = 1; j < components; j++)
        {
            if (values[(j * Panel.Stride) + s] > values[(best * Panel.Stride) + s])
            {
                best = j;
            }
        }

        return best;
    }
}
