using GaussianMixtures.Selection;

namespace GaussianMixtures;

/// <summary>
/// What a <see cref="ModelSelection"/> minimises: lower is better. Immutable; derive to bring another.
/// </summary>
public abstract class Criterion
{
    /// <summary>The Bayesian information criterion: see <see cref="ModelScores.Bic"/>. The default.</summary>
    public static Criterion Bic { get; } = new InformationCriterion("BIC", criteria => criteria.Bic);

    /// <summary>Akaike's information criterion: see <see cref="ModelScores.Aic"/>. Chooses larger models than BIC.</summary>
    public static Criterion Aic { get; } = new InformationCriterion("AIC", criteria => criteria.Aic);

    /// <summary>Akaike's criterion corrected for small samples: see <see cref="ModelScores.Aicc"/>.</summary>
    public static Criterion Aicc { get; } = new InformationCriterion("AICc", criteria => criteria.Aicc);

    /// <summary>The integrated completed likelihood: see <see cref="ModelScores.Icl"/>. Chooses clusters that do not overlap.</summary>
    public static Criterion Icl { get; } = new InformationCriterion("ICL", criteria => criteria.Icl);

    /// <summary>What the criterion is called where its values are shown.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Minus the mean log-likelihood, per observation, of rows that a fit did not see (Smyth 2000, doi:10.1023/A:1008940618127): the
    /// rows are cut into folds, and each fold is scored by the candidate fitted, by <see cref="CriterionContext.Estimator"/>, to the others.
    /// Assumes nothing about parameter counts; costs a fit per fold, and again where a candidate is given another start.
    /// </summary>
    /// <remarks>
    /// Every row's fold is drawn from its own values, and equal rows share one: a row of weight 2 counts as the row twice, the
    /// order of the rows does not matter, and no fit sees a copy of what it is scored on. Folds differ by at most one distinct row.
    /// </remarks>
    /// <param name="folds">How many, at least 2.</param>
    /// <param name="seed">The same seed cuts the same folds.</param>
    /// <exception cref="ArgumentOutOfRangeException">folds is below 2.</exception>
    public static Criterion CrossValidation(int folds = 5, int seed = 0) => new CrossValidation(folds, seed);

    /// <summary>The criterion of one fitted candidate: lower is better. Called from several threads at a time.</summary>
    /// <param name="context">The candidate's model and the data.</param>
    /// <returns>Not NaN; +∞ for a model that is out of the question.</returns>
    protected internal abstract double Evaluate(CriterionContext context);

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;
}
