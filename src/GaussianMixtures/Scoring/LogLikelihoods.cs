namespace GaussianMixtures.Scoring;

/// <summary>How likely weighted observations are under a mixture.</summary>
/// <param name="Mixture">Σ_i weight_i log Σ_j w_j p_j(x_i): the log-likelihood.</param>
/// <param name="Classification">Σ_i weight_i log max_j w_j p_j(x_i): the same, were each row known to be of its likeliest component.</param>
internal readonly record struct LogLikelihoods(double Mixture, double Classification)
{
    public static LogLikelihoods operator +(LogLikelihoods left, LogLikelihoods right) =>
        new(left.Mixture + right.Mixture, left.Classification + right.Classification);

    /// <summary>In other units: densities are higher by a constant.</summary>
    public LogLikelihoods Raise(double by) => new(Mixture + by, Classification + by);

    /// <summary>Of weights so many times as large.</summary>
    public LogLikelihoods Times(double factor) => new(Mixture * factor, Classification * factor);
}
