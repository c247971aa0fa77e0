using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Initializations;
using GaussianMixtures.Priors;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Ascents;

/// <inheritdoc cref="Prior.Conjugate"/>
internal sealed class ConjugatePrior(double shrinkage, Vector<double>? mean, double? degreesOfFreedom, Matrix<double>? scale) : Prior
{
    internal override MomentPrior For(FitData data, CovarianceType type, int components, Workers workers, CancellationToken cancellationToken)
    {
        Packing packing = data.Packed.Packing;
        ConjugateCovariance spread = ConjugateTypes.Mode(type);
        GaussianWishart prior = new(spread, PriorChecks.Mean(mean, nameof(mean), packing), shrinkage,
            PriorChecks.DegreesOfFreedom(degreesOfFreedom ?? packing.Dimension + 2, nameof(degreesOfFreedom), spread, type, packing.Dimension),
            scale is not null
                ? PriorChecks.Scale(scale, nameof(scale), type, packing)
                : DefaultScale(data, spread, type, components, workers, cancellationToken));
        return new ConjugateMomentPrior(prior, data.WeightUnit);
    }

    /// <summary>The data's variance shared out among k components of the same density: each is narrower by k^(1/d) in every direction.</summary>
    private static Covariance DefaultScale(FitData data, ConjugateCovariance spread, CovarianceType type, int components, Workers workers,
        CancellationToken cancellationToken)
    {
        int d = data.Packed.Dimension;
        bool knowsCorrelations = data.Summary.TotalWeight * data.WeightUnit > d;
        CovarianceType ofMatrix = knowsCorrelations ? CovarianceType.Full : CovarianceType.Diagonal;
        CovarianceType ofData = spread.WishartDimension(d) == 1 ? CovarianceType.Spherical : ofMatrix;
        Covariance overall = DataCovariance.Of(data.Packed, data.Scale, data.WeightUnit, ofData, workers, out _, cancellationToken);
        return PriorChecks.InFormOf(type, overall, Math.Pow(components, -2.0 / d));
    }

    public override string ToString() => $"Conjugate(shrinkage: {shrinkage})";
}
