using GaussianMixtures.Data;
using GaussianMixtures.Scoring;
using GaussianMixtures.Selection;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>How well a mixture describes observations: the likelihood, and the criteria that charge for parameters.</summary>
public static class ModelScores
{
    /// <summary>The total log-likelihood Σ_i weight_i · log p(x_i).</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="x">n x d.</param>
    /// <param name="weights">n observation weights, or null for all 1.</param>
    /// <exception cref="ArgumentNullException">model or x is null.</exception>
    /// <exception cref="ArgumentException">x or weights does not fit the model, or holds a value that is not usable.</exception>
    public static double LogLikelihood(this GaussianMixtureModel model, Observations x, Vector<double>? weights = null) =>
        Criteria(model, x, weights).LogLikelihood;

    /// <summary>The mean log-likelihood per observation: <see cref="LogLikelihood"/> / n, where with weights n is their sum.</summary>
    /// <inheritdoc cref="LogLikelihood"/>
    public static double Score(this GaussianMixtureModel model, Observations x, Vector<double>? weights = null) =>
        model.LogLikelihood(x, weights) / Size(x, weights);

    /// <summary>
    /// The Bayesian information criterion −2·ll + p·log n (Schwarz 1978, doi:10.1214/aos/1176344136), where ll is the
    /// log-likelihood, p the parameter count and n the number of observations (with weights, their sum). Lower is better, as in
    /// scikit-learn; mclust reports the negative.
    /// </summary>
    /// <inheritdoc cref="LogLikelihood"/>
    public static double Bic(this GaussianMixtureModel model, Observations x, Vector<double>? weights = null) =>
        Criteria(model, x, weights).Bic;

    /// <summary>
    /// Akaike's information criterion −2·ll + 2·p (Akaike 1974, doi:10.1109/TAC.1974.1100705), where ll is the log-likelihood and p
    /// the parameter count. Lower is better.
    /// </summary>
    /// <inheritdoc cref="LogLikelihood"/>
    public static double Aic(this GaussianMixtureModel model, Observations x, Vector<double>? weights = null) =>
        Criteria(model, x, weights).Aic;

    /// <summary>
    /// Akaike's criterion corrected for small samples, AIC + 2·p·(p + 1) / (n − p − 1) (Hurvich &amp; Tsai 1989,
    /// doi:10.1093/biomet/76.2.297), where p is the parameter count and n the number of observations (with weights, their sum).
    /// Lower is better; +∞ where n ≤ p + 1: so few observations cannot tell so many parameters.
    /// </summary>
    /// <inheritdoc cref="LogLikelihood"/>
    public static double Aicc(this GaussianMixtureModel model, Observations x, Vector<double>? weights = null) =>
        Criteria(model, x, weights).Aicc;

    /// <summary>
    /// The integrated completed likelihood in its BIC approximation (Biernacki, Celeux &amp; Govaert 2000, doi:10.1109/34.865189):
    /// BIC − 2·Σ_i weight_i·log r_i, where r_i is the responsibility of row i's likeliest component. BIC asks for a good
    /// density, ICL for clusters that do not overlap besides. Lower is better; mclust's <c>icl</c> is the negative. (The paper's
    /// labels are the likeliest ones, as here; weighting log r_ij by r_ij instead gives BIC plus twice the entropy.)
    /// </summary>
    /// <inheritdoc cref="LogLikelihood"/>
    public static double Icl(this GaussianMixtureModel model, Observations x, Vector<double>? weights = null) =>
        Criteria(model, x, weights).Icl;

    private static InformationCriteria Criteria(GaussianMixtureModel model, Observations x, Vector<double>? weights)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        using Workers workers = new(null);
        LogLikelihoods logLikelihoods = model.LogLikelihoods(x, ObservationWeights.Checked(weights, x), workers, CancellationToken.None);
        return Criteria(model, logLikelihoods, x, weights);
    }

    /// <summary>The criteria of a model whose likelihood is known.</summary>
    internal static InformationCriteria Criteria(GaussianMixtureModel model, LogLikelihoods logLikelihoods, Observations x,
        Vector<double>? weights) =>
        new(logLikelihoods.Mixture, logLikelihoods.Classification, model.ParameterCount, Size(x, weights));

    private static double Size(Observations x, Vector<double>? weights) => weights?.Sum() ?? x.Count;
}
