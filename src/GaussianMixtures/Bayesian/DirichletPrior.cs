using MathNet.Numerics;

namespace GaussianMixtures.Bayesian;

/// <inheritdoc cref="WeightPrior.Dirichlet"/>
internal sealed class DirichletPrior(double concentration) : WeightPrior(concentration)
{
    internal override WeightPosterior Posterior(double[] counts, int[] order) =>
        new DirichletPosterior(Concentration, Array.ConvertAll(counts, count => Concentration + count));

    public override string ToString() => $"Dirichlet({Concentration})";
}

/// <summary>Dirichlet(α_1 … α_k), α_j = α₀ + N_j.</summary>
internal sealed class DirichletPosterior(double prior, double[] concentrations) : WeightPosterior
{
    private readonly double _total = concentrations.Sum();

    public override double[] ExpectedWeights => Array.ConvertAll(concentrations, concentration => concentration / _total);

    public override double[] ExpectedLogWeights
    {
        get
        {
            double ofTotal = SpecialFunctions.DiGamma(_total);
            return Array.ConvertAll(concentrations, concentration => SpecialFunctions.DiGamma(concentration) - ofTotal);
        }
    }

    public override double Divergence
    {
        get
        {
            double[] logWeights = ExpectedLogWeights;
            double divergence = SpecialFunctions.GammaLn(_total) - SpecialFunctions.GammaLn(concentrations.Length * prior);
            for (int j = 0; j < concentrations.Length; j++)
            {
                divergence += ((concentrations[j] - prior) * logWeights[j])
                    + SpecialFunctions.GammaLn(prior) - SpecialFunctions.GammaLn(concentrations[j]);
            }

            return divergence;
        }
    }

    public override double[,] Concentrations
    {
        get
        {
            double[,] rows = new double[concentrations.Length, 1];
            for (int j = 0; j < concentrations.Length; j++)
            {
                rows[j, 0] = concentrations[j];
            }

            return rows;
        }
    }

    public override WeightPosterior Reorder(int[] order) => new DirichletPosterior(prior, Array.ConvertAll(order, j => concentrations[j]));
}
