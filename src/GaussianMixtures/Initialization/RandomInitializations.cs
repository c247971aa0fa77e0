using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Kernels;
using GaussianMixtures.Scoring;

namespace GaussianMixtures.Initializations;

/// <inheritdoc cref="Initialization.RandomPoints"/>
internal sealed class RandomPointsInitialization : Initialization
{
    protected internal override MixtureStart CreateStart(InitializationContext context)
    {
        FitProblem problem = context.Problem;
        int d = problem.Data.Dimension;
        double[] points = new double[problem.Components * d];
        double[] mass = (double[])context.Sample.Weights.Clone();
        for (int j = 0; j < problem.Components; j++)
        {
            // Each row at most once, while there are rows.
            int row = WeightedDraw.Index(mass, context.Random) is >= 0 and int drawn
                ? drawn
                : WeightedDraw.Index(context.Sample.Weights, context.Random);
            mass[row] = 0;
            context.Sample.CopyRow(row, points.AsSpan(j * d, d));
        }

        MixtureParameters overall = problem.MaximizeAbout(new double[points.Length], new EqualShares(problem.Components),
            context.CancellationToken);
        return new ParametersStart(overall with { Means = points });
    }
}

/// <inheritdoc cref="Initialization.RandomResponsibilities"/>
internal sealed class RandomResponsibilitiesInitialization : Initialization
{
    protected internal override MixtureStart CreateStart(InitializationContext context)
    {
        FitProblem problem = context.Problem;
        RandomShares shares = new(problem, (ulong)context.Random.NextInt64());
        return new ParametersStart(problem.Maximize(shares, context.CancellationToken));
    }

    /// <summary>Shares drawn from a row's own values.</summary>
    private sealed class RandomShares(FitProblem problem, ulong seed) : IResponsibilities
    {
        private const double ToUnit = 1.0 / (1UL << 53);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public double Fill(in RowBlock block, in WorkspaceSpans workspace)
        {
            Span<double> shares = workspace.Responsibilities;
            shares.Clear();
            for (int s = 0; s < block.Count; s++)
            {
                ulong address = seed;
                for (int i = 0; i < problem.Scale.Length; i++)
                {
                    address = RowHash.Add(address, block.Panel[(i * Panel.Stride) + s], problem.Scale[i]);
                }

                double sum = 0;
                for (int at = s; at < shares.Length; at += Panel.Stride)
                {
                    address = RandomStream.Mix(address);
                    shares[at] = (address >> 11) * ToUnit;
                    sum += shares[at];
                }

                for (int at = s; at < shares.Length; at += Panel.Stride)
                {
                    shares[at] *= block.Weights[s] / sum;
                }
            }

            return 0;
        }
    }
}
