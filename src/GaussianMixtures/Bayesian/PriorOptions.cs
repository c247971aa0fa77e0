using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Initializations;
using GaussianMixtures.Priors;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Bayesian;

/// <summary>The prior of means and precisions as the user describes it, in data units, where null means: from the data.</summary>
internal sealed record PriorOptions(CovarianceType Type, double MeanPrecision, Vector<double>? Mean, double? DegreesOfFreedom,
    Matrix<double>? Covariance)
{
    /// <summary>The prior in the engine's units.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="raised">The columns in, or among, which the data have no variance of their own.</param>
    /// <param name="cancellationToken">Stops within one block.</param>
    /// <exception cref="ArgumentException">An option does not fit the data's columns.</exception>
    public GaussianWishart For(FitData data, Workers workers, out int[] raised, CancellationToken cancellationToken)
    {
        Packing packing = data.Packed.Packing;
        ConjugatePrecision precision = ConjugateTypes.Posterior(Type);
        double degreesOfFreedom = PriorChecks.DegreesOfFreedom(DegreesOfFreedom ?? packing.Dimension,
            nameof(BayesianGaussianMixture.DegreesOfFreedomPrior), precision, Type, packing.Dimension);
        double[] mean = PriorChecks.Mean(Mean, nameof(BayesianGaussianMixture.MeanPrior), packing);
        raised = [];
        Covariance scale = Covariance is not null
            ? PriorChecks.Scale(Covariance, nameof(BayesianGaussianMixture.CovariancePrior), Type, packing)
            : DataCovariance.Of(data.Packed, data.Scale, data.WeightUnit, Type, workers, out raised, cancellationToken);
        return new GaussianWishart(precision, mean, MeanPrecision, degreesOfFreedom, scale);
    }

    /// <summary>What a report says of columns whose prior was raised, for each component.</summary>
    public static IReadOnlyList<FitDiagnostic> Diagnostics(IReadOnlyList<int> raised, int components)
    {
        string columns = $"column{(raised.Count == 1 ? "" : "s")} {string.Join(", ", raised)}";
        return raised.Count == 0 ? [] : [.. Enumerable.Range(0, components).Select(j => new FitDiagnostic(j, raised,
            $"The data have no variance of their own in, or among, {columns}: there the prior's was raised to {DataCovariance.LeastVariance:g3} of "
            + "the others'. Remove columns that are constant or depend on others, or give a CovariancePrior."))];
    }
}
