using GaussianMixtures.Data;
using GaussianMixtures.Initializations;
using GaussianMixtures.Priors;

namespace GaussianMixtures.Ascents;

/// <inheritdoc cref="Prior.None"/>
internal sealed class NoPrior : Prior
{
    private static readonly NoMomentPrior Nothing = new();

    internal override MomentPrior For(FitData data, CovarianceType type, int components, Workers workers, CancellationToken cancellationToken) => Nothing;

    public override string ToString() => nameof(None);
}
