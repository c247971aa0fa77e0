using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>
/// The evidence lower bound of a posterior, term by term as in Bishop 2006, equation 10.70, and the closed form of one component's evidence.
/// Slow, with digamma and log-gamma of its own, and sharing no line with the library.
/// </summary>
/// <param name="Mean">m₀, in data units.</param>
/// <param name="MeanPrecision">β₀.</param>
/// <param name="DegreesOfFreedom">ν₀.</param>
/// <param name="Scale">W₀⁻¹, in squared data units.</param>
internal sealed record EvidenceOracle(double[] Mean, double MeanPrecision, double DegreesOfFreedom, double[,] Scale)
{
    private const double LogTwoPi = 1.8378770664093453;

    /// <summary>The priors that a fit has by default: the data's mean and covariance (divisor n − 1), with observation weights as counts.</summary>
    public static EvidenceOracle DefaultFor(double[,] x, double[] weights)
    {
        int n = x.GetLength(0), d = x.GetLength(1);
        double total = weights.Sum();
        var mean = new double[d];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < d; j++)
                mean[j] += weights[i] * x[i, j] / total;
        var scale = new double[d, d];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < d; j++)
                for (int l = 0; l < d; l++)
                    scale[j, l] += weights[i] * (x[i, j] - mean[j]) * (x[i, l] - mean[l]) / (total - 1);
        return new EvidenceOracle(mean, 1, d, scale);
    }

    /// <summary>Equation 10.70 for the responsibilities that the model gives its data.</summary>
    public double LowerBound(BayesianGaussianMixtureModel model, WeightPrior prior, double[,] x, double[] weights)
    {
        double[,] r = model.PredictProba(x).ToArray();
        double bound = 0;
        for (int j = 0; j < model.Components; j++)
            bound += DataTerm(model, r, j, x, weights) + MeanTerm(model, j);
        return bound + WeightTerms(model, prior, r, weights) + PrecisionTerms(model);
    }

    /// <summary>10.71: E ln p(X | Z, μ, Λ) of one component, row by row.</summary>
    private static double DataTerm(BayesianGaussianMixtureModel model, double[,] r, int j, double[,] x, double[] weights)
    {
        int d = model.Dimension;
        Matrix<double> expectedPrecision = model.Covariances[j].Inverse();
        double sum = 0;
        for (int i = 0; i < x.GetLength(0); i++)
        {
            Vector<double> difference = Vector<double>.Build.Dense(d, c => x[i, c] - model.Means[j, c]);
            double distance = (d / model.MeanPrecisions[j]) + difference.DotProduct(expectedPrecision * difference);
            sum += weights[i] * r[i, j] * 0.5 * (LogPrecision(model, j) - (d * LogTwoPi) - distance);
        }

        return sum;
    }

    /// <summary>10.74 and 10.77, of the mean: E ln p(μ | Λ) − E ln q(μ | Λ).</summary>
    private double MeanTerm(BayesianGaussianMixtureModel model, int j)
    {
        int d = model.Dimension;
        double beta = model.MeanPrecisions[j];
        Vector<double> difference = model.Means.Row(j) - Vector<double>.Build.DenseOfArray(Mean);
        double distance = difference.DotProduct(model.Covariances[j].Inverse() * difference);
        double ofPrior = 0.5 * ((d * (Math.Log(MeanPrecision) - LogTwoPi)) + LogPrecision(model, j)
            - (MeanPrecision * ((d / beta) + distance)));
        double ofPosterior = 0.5 * ((d * (Math.Log(beta) - LogTwoPi)) + LogPrecision(model, j) - d);
        return ofPrior - ofPosterior;
    }

    /// <summary>10.72, 10.73, 10.75 and 10.76; for sticks their like.</summary>
    private static double WeightTerms(BayesianGaussianMixtureModel model, WeightPrior prior, double[,] r, double[] weights)
    {
        int k = model.Components;
        double[,] concentrations = model.WeightConcentrations.ToArray();
        bool sticks = concentrations.GetLength(1) == 2;
        double total = Enumerable.Range(0, k).Sum(j => concentrations[j, 0]);
        var logWeights = new double[k];
        double terms = sticks ? 0 : LogGamma(k * prior.Concentration) - LogGamma(total);
        double left = 0;
        for (int j = 0; j < k; j++)
        {
            double a = concentrations[j, 0];
            if (sticks)
            {
                double b = concentrations[j, 1];
                double logStick = Digamma(a) - Digamma(a + b), logRest = Digamma(b) - Digamma(a + b);
                logWeights[j] = left + logStick;
                left += logRest;
                terms += Math.Log(prior.Concentration) + ((prior.Concentration - 1) * logRest);
                terms -= LogGamma(a + b) - LogGamma(a) - LogGamma(b) + ((a - 1) * logStick) + ((b - 1) * logRest);
            }
            else
            {
                logWeights[j] = Digamma(a) - Digamma(total);
                terms += ((prior.Concentration - 1) * logWeights[j]) - LogGamma(prior.Concentration);
                terms -= ((a - 1) * logWeights[j]) - LogGamma(a);
            }
        }

        for (int i = 0; i < weights.Length; i++)
            for (int j = 0; j < k; j++)
                terms += weights[i] * r[i, j] * (logWeights[j] - (r[i, j] > 0 ? Math.Log(r[i, j]) : 0));
        return terms;
    }

    /// <summary>10.74 and 10.77, of the precisions: E ln p(Λ) − E ln q(Λ), for each precision there is.</summary>
    private double PrecisionTerms(BayesianGaussianMixtureModel model)
    {
        double terms = 0;
        for (int j = 0; j < model.Components; j++)
        {
            double nu = model.DegreesOfFreedom[j];
            Matrix<double> covariance = model.Covariances[j];
            if (model.CovarianceType == CovarianceType.Full || (model.CovarianceType == CovarianceType.Tied && j == 0))
                terms += OfWishart(nu, (nu * covariance).Inverse(), LogPrecision(model, j));
            else if (model.CovarianceType == CovarianceType.Diagonal)
                for (int i = 0; i < model.Dimension; i++)
                    terms += OfGamma(nu / 2, nu * covariance[i, i] / 2, DegreesOfFreedom / 2, Scale[i, i] / 2);
            else if (model.CovarianceType == CovarianceType.Spherical)
                terms += OfGamma(nu / 2, nu * covariance[0, 0] / 2, DegreesOfFreedom / 2, MeanVariance / 2);
        }

        return terms;
    }

    /// <summary>E ln |Λ_j|.</summary>
    public static double LogPrecision(BayesianGaussianMixtureModel model, int j)
    {
        int d = model.Dimension;
        double nu = model.DegreesOfFreedom[j];
        Matrix<double> covariance = model.Covariances[j];
        bool isWishart = model.CovarianceType == CovarianceType.Full || model.CovarianceType == CovarianceType.Tied;
        return isWishart
            ? Enumerable.Range(1, d).Sum(i => Digamma((nu + 1 - i) / 2)) + (d * Math.Log(2)) - LogDeterminant(nu * covariance)
            : Enumerable.Range(0, d).Sum(i => Digamma(nu / 2) - Math.Log(nu * covariance[i, i] / 2));
    }

    /// <summary>E ln w_j.</summary>
    public static double ExpectedLogWeight(BayesianGaussianMixtureModel model, int j)
    {
        double[,] concentrations = model.WeightConcentrations.ToArray();
        if (concentrations.GetLength(1) == 1)
            return Digamma(concentrations[j, 0]) - Digamma(model.WeightConcentrations.ColumnSums()[0]);
        double logWeight = Digamma(concentrations[j, 0]) - Digamma(concentrations[j, 0] + concentrations[j, 1]);
        for (int l = 0; l < j; l++)
            logWeight += Digamma(concentrations[l, 1]) - Digamma(concentrations[l, 0] + concentrations[l, 1]);
        return logWeight;
    }

    private double OfWishart(double nu, Matrix<double> w, double logPrecision)
    {
        int d = Mean.Length;
        Matrix<double> scale = Matrix<double>.Build.DenseOfArray(Scale);
        double ofPrior = LogB(-LogDeterminant(scale), DegreesOfFreedom, d) + (0.5 * (DegreesOfFreedom - d - 1) * logPrecision)
            - (0.5 * nu * (scale * w).Trace());
        double ofPosterior = LogB(LogDeterminant(w), nu, d) + (0.5 * (nu - d - 1) * logPrecision) - (0.5 * nu * d);
        return ofPrior - ofPosterior;
    }

    private static double OfGamma(double a, double b, double a0, double b0)
    {
        double expectation = a / b, logExpectation = Digamma(a) - Math.Log(b);
        double ofPrior = (a0 * Math.Log(b0)) - LogGamma(a0) + ((a0 - 1) * logExpectation) - (b0 * expectation);
        double ofPosterior = (a * Math.Log(b)) - LogGamma(a) + ((a - 1) * logExpectation) - a;
        return ofPrior - ofPosterior;
    }

    /// <summary>
    /// ln p(X) of one component, by conjugacy: normal-Wishart for matrices, normal-gamma for columns, and one gamma for a sphere (Murphy 2007,
    /// Conjugate Bayesian analysis of the Gaussian distribution).
    /// </summary>
    public double LogEvidence(CovarianceType type, double[,] x)
    {
        int n = x.GetLength(0), d = x.GetLength(1);
        double kappa = MeanPrecision + n;
        Matrix<double> scale = Matrix<double>.Build.DenseOfArray(Scale);
        Matrix<double> rows = Matrix<double>.Build.DenseOfArray(x);
        Vector<double> mean = rows.ColumnSums() / n;
        Vector<double> shift = mean - Vector<double>.Build.DenseOfArray(Mean);
        Matrix<double> centred = rows - Matrix<double>.Build.Dense(n, d, (_, j) => mean[j]);
        Matrix<double> scatter = (centred.Transpose() * centred) + (MeanPrecision * n / kappa * shift.OuterProduct(shift));
        double evidence = 0.5 * d * (Math.Log(MeanPrecision / kappa) - (n * LogTwoPi));
        if (type == CovarianceType.Full || type == CovarianceType.Tied)
        {
            double nu = DegreesOfFreedom + n;
            return evidence + LogB(-LogDeterminant(scale), DegreesOfFreedom, d) - LogB(-LogDeterminant(scale + scatter), nu, d);
        }

        return type == CovarianceType.Diagonal
            ? evidence + Enumerable.Range(0, d).Sum(i => OfColumns(n, Scale[i, i], scatter[i, i]))
            : evidence + OfColumns(n * d, MeanVariance, scatter.Trace());
    }

    /// <summary>ln of Γ(a)/Γ(a₀) · b₀^a₀ / b^a, where the posterior counts so many values with this sum of squares.</summary>
    private double OfColumns(double values, double scale, double squares)
    {
        double a0 = DegreesOfFreedom / 2, b0 = scale / 2, a = a0 + (values / 2), b = b0 + (squares / 2);
        return LogGamma(a) - LogGamma(a0) + (a0 * Math.Log(b0)) - (a * Math.Log(b));
    }

    private double MeanVariance => Enumerable.Range(0, Mean.Length).Average(i => Scale[i, i]);

    /// <summary>ln B(W, ν), Bishop's B.79.</summary>
    private static double LogB(double logDeterminantOfW, double nu, int d) =>
        (-0.5 * nu * logDeterminantOfW) - (0.5 * nu * d * Math.Log(2)) - (0.25 * d * (d - 1) * Math.Log(Math.PI))
            - Enumerable.Range(1, d).Sum(i => LogGamma((nu + 1 - i) / 2));

    private static double LogDeterminant(Matrix<double> matrix)
    {
        double[,] factor = Oracle.Cholesky(matrix.ToArray());
        return Enumerable.Range(0, factor.GetLength(0)).Sum(i => 2 * Math.Log(factor[i, i]));
    }

    /// <summary>ψ, by its recurrence up to 20 and Stirling's series from there.</summary>
    public static double Digamma(double x)
    {
        double below = 0;
        for (; x < 20; x++)
            below -= 1 / x;
        double y = 1 / (x * x);
        return below + Math.Log(x) - (0.5 / x) - (y * ((1.0 / 12) - (y * ((1.0 / 120) - (y * ((1.0 / 252) - (y * ((1.0 / 240) - (y / 132)))))))));
    }

    /// <summary>ln Γ, the same way.</summary>
    public static double LogGamma(double x)
    {
        double below = 0;
        for (; x < 20; x++)
            below -= Math.Log(x);
        double y = 1 / (x * x);
        return below + ((x - 0.5) * Math.Log(x)) - x + (0.5 * LogTwoPi)
            + (((1.0 / 12) - (y * ((1.0 / 360) - (y * ((1.0 / 1260) - (y * ((1.0 / 1680) - (y / 1188)))))))) / x);
    }
}
