using MathNet.Numerics;

namespace GaussianMixtures.Bayesian;

/// <inheritdoc cref="WeightPrior.DirichletProcess"/>
internal sealed class StickBreakingPrior(double concentration) : WeightPrior(concentration)
{
    internal override WeightPosterior Posterior(double[] counts, int[] order)
    {
        double[,] sticks = new double[counts.Length, 2];
        double later = 0;
        foreach (int j in order.Reverse())
        {
            sticks[j, 0] = 1 + counts[j];
            sticks[j, 1] = Concentration + later;
            later += counts[j];
        }

        return new StickBreakingPosterior(Concentration, sticks, order);
    }

    public override string ToString() => $"DirichletProcess({Concentration})";
}

/// <summary>
/// v_j ~ Beta(a_j, b_j), a_j = 1 + N_j, b_j = γ + the N of later sticks. Sticks beyond the k-th keep their prior and own no observation,
/// so the bound is one on the evidence of the whole process, and the last stick has a distribution like the others.
/// </summary>
internal sealed class StickBreakingPosterior(double prior, double[,] sticks, int[] order) : WeightPosterior
{
    public override double[,] Concentrations => (double[,])sticks.Clone();

    /// <summary>E v_j Π E(1 − v_l), divided by their sum: what is left for components beyond the k-th is shared out.</summary>
    public override double[] ExpectedWeights
    {
        get
        {
            double[] weights = new double[order.Length];
            double left = 1;
            foreach (int j in order)
            {
                double total = sticks[j, 0] + sticks[j, 1];
                weights[j] = left * (sticks[j, 0] / total);
                left *= sticks[j, 1] / total;
            }

            double sum = weights.Sum();
            return Array.ConvertAll(weights, weight => weight / sum);
        }
    }

    public override double[] ExpectedLogWeights
    {
        get
        {
            double[] logWeights = new double[order.Length];
            double left = 0;
            foreach (int j in order)
            {
                double ofTotal = SpecialFunctions.DiGamma(sticks[j, 0] + sticks[j, 1]);
                logWeights[j] = left + SpecialFunctions.DiGamma(sticks[j, 0]) - ofTotal;
                left += SpecialFunctions.DiGamma(sticks[j, 1]) - ofTotal;
            }

            return logWeights;
        }
    }

    public override double Divergence
    {
        get
        {
            double divergence = 0;
            foreach (int j in order)
            {
                double a = sticks[j, 0], b = sticks[j, 1];
                double ofTotal = SpecialFunctions.DiGamma(a + b);
                divergence += ((a - 1) * (SpecialFunctions.DiGamma(a) - ofTotal)) + ((b - prior) * (SpecialFunctions.DiGamma(b) - ofTotal))
                    - Math.Log(prior) - SpecialFunctions.BetaLn(a, b);
            }

            return divergence;
        }
    }

    public override WeightPosterior Reorder(int[] to)
    {
        double[,] moved = new double[order.Length, 2];
        for (int j = 0; j < to.Length; j++)
        {
            moved[j, 0] = sticks[to[j], 0];
            moved[j, 1] = sticks[to[j], 1];
        }

        return new StickBreakingPosterior(prior, moved, Array.ConvertAll(order, j => Array.IndexOf(to, j)));
    }
}
