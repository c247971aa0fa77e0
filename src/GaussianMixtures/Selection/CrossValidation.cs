using GaussianMixtures.Data;

namespace GaussianMixtures.Selection;

/// <inheritdoc cref="Criterion.CrossValidation"/>
internal sealed class CrossValidation : Criterion
{
    private readonly int _folds;
    private readonly int _seed;

    public CrossValidation(int folds, int seed)
    {
        _folds = folds >= 2 ? folds : throw Refuse.OutOfRange(nameof(folds), folds,
            $"folds is {folds}. Cut the rows into at least 2: one to score, the others to fit.");
        _seed = seed;
    }

    public override string Name => $"{_folds}-fold cross-validation";

    protected internal override double Evaluate(CriterionContext context)
    {
        IReadOnlyList<Fold> folds = context.Data.Known(new FoldsKey(_folds, _seed),
            () => Fold.Cut(context.Data, _folds, _seed, context.CancellationToken));
        using Workers workers = new(context.Estimator.MaxDegreeOfParallelism);
        double logLikelihood = 0;
        foreach (Fold fold in folds)
        {
            logLikelihood += context.Estimator.FitTo(fold.Others, null, context.CancellationToken).Model
                .LogLikelihoods(context.Observations, fold.Weights, workers, context.CancellationToken)
                .Mixture;
        }

        return -logLikelihood * context.Data.WeightUnit / context.Size;
    }

    private sealed record FoldsKey(int Folds, int Seed);
}
