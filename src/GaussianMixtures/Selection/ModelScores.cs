using GaussianMixtures.Data;
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
    public static double LogLikelihood(this GaussianMixtureModel model, Observations x, Vector<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        return model.TotalLogLikelihood(x, ObservationWeights.Checked(weights, x));
    }

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
        (-2 * model.LogLikelihood(x, weights)) + (model.ParameterCount * Math.Log(Size(x, weights)));

    /// <summary>
    /// Akaike's information criterion −2·ll + 2·p (Akaike 1974, doi:10.1109/TAC.1974.1100705), where ll is the log-likelihood and p
    /// the parameter count. Lower is better.
    /// </summary>
    /// <inheritdoc cref="LogLikelihood"/>
    public static double Aic(this GaussianMixtureModel model, Observations x, Vector<double>? weights = null) =>
        (-2 * model.LogLikelihood(x, weights)) + (2 * model.ParameterCount);

    private static double Size(Observations x, Vector<double>? weights) => weights?.Sum() ?? x.Count;
}
