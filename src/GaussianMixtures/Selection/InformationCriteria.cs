namespace GaussianMixtures.Selection;

/// <summary>What the criteria are made of, and their formulas: see <see cref="ModelScores"/>.</summary>
/// <param name="LogLikelihood">ll.</param>
/// <param name="ClassificationLogLikelihood">ll were each row known to be of its likeliest component: Σ_i weight_i log max_j w_j p_j(x_i).</param>
/// <param name="ParameterCount">p.</param>
/// <param name="Size">n, the total weight.</param>
internal sealed record InformationCriteria(double LogLikelihood, double ClassificationLogLikelihood, int ParameterCount, double Size)
{
    public double Bic => (-2 * LogLikelihood) + (ParameterCount * Math.Log(Size));

    public double Aic => (-2 * LogLikelihood) + (2 * ParameterCount);

    public double Aicc => Size - ParameterCount - 1 is > 0 and double spare
        ? Aic + (2.0 * ParameterCount * (ParameterCount + 1) / spare)
        : double.PositiveInfinity;

    public double Icl => Bic + (2 * (LogLikelihood - ClassificationLogLikelihood));
}
