using System.Text.Json;
using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>With the conjugate prior a fit is the mode of the posterior: mclust's, and where likelihood has no maximum too.</summary>
public class PosteriorModeTests
{
    private static readonly double[,] X = ReferenceData.Faithful;

    public static TheoryData<string> Types => [.. BayesianCases.WithModes.Select(type => type.Name)];

    public static TheoryData<string, string> Modes
    {
        get
        {
            var modes = new TheoryData<string, string>();
            foreach (JsonProperty data in ReferenceData.PosteriorModes.EnumerateObject().Where(p => p.Name[0] != '_'))
                foreach (JsonProperty model in data.Value.GetProperty("models").EnumerateObject())
                    modes.Add(data.Name, model.Name);
            return modes;
        }
    }

    public static TheoryData<string, string> Hostile
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (CovarianceType type in BayesianCases.WithModes)
                foreach (string name in HostileData.Names)
                    data.Add(type.Name, name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Fit_WithConjugatePrior_EqualsMclust(string data, string typeName)
    {
        JsonElement reference = ReferenceData.PosteriorModes.GetProperty(data);
        JsonElement expected = reference.GetProperty("models").GetProperty(typeName);
        double[,] x = ReferenceData.Load(data);
        var estimator = new GaussianMixture(reference.GetProperty("k").GetInt32())
        {
            CovarianceType = CovarianceType.Parse(typeName),
            Prior = Prior.Conjugate(),
            Initialization = Initialization.FromLabels([.. ReferenceData.Numbers(reference.GetProperty("labels")).Select(l => (int)l)]),
            Tolerance = 1e-15,
            MaxIterations = 100_000,
        };

        GaussianMixtureModel model = estimator.Fit(x);

        double[][,] covariances = [.. expected.GetProperty("covariances").EnumerateArray().Select(ReferenceData.Table)];
        model.ShouldEqual(
            ReferenceData.Numbers(expected.GetProperty("weights")), ReferenceData.Table(expected.GetProperty("means")), covariances, 1e-6);
        double logLikelihood = expected.GetProperty("loglik").GetDouble();
        model.Report!.LogLikelihood.Should().BeApproximately(logLikelihood, 1e-8 * Math.Abs(logLikelihood));
        model.Bic(x).Should().BeApproximately(expected.GetProperty("bic").GetDouble(), 1e-8 * Math.Abs(logLikelihood));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithPrior_NeverLosesLogPosterior(string typeName)
    {
        Prior[] priors = [Prior.Conjugate(), Prior.Conjugate(shrinkage: 0), Prior.Conjugate(50, Vector<double>.Build.Dense(5, 1.0), 30)];
        foreach (Prior prior in priors)
        {
            foreach (Acceleration acceleration in new[] { Acceleration.None, Acceleration.Anderson })
            {
                IReadOnlyList<double> trace = (Estimator(typeName) with { Components = 6, Prior = prior, Acceleration = acceleration })
                    .Fit(ReferenceData.Thyroid).Report!.LogLikelihoodTrace;

                for (int t = 1; t < trace.Count; t++)
                    trace[t].Should().BeGreaterThanOrEqualTo(trace[t - 1] - (1e-10 * Math.Abs(trace[t])), $"iteration {t + 1}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithPrior_IsAMaximumOfLikelihoodTimesPrior(string typeName)
    {
        // The densities as the paper gives them, up to constants; no step from the mode in any parameter may gain.
        (double shrinkage, double nu, double[,] scale, double[] mean) = (3, 6.5, new[,] { { 2.0, 1 }, { 1, 60 } }, new double[] { 3, 60 });
        GaussianMixtureModel mode = (Estimator(typeName) with
        {
            Prior = Prior.Conjugate(shrinkage, Vector<double>.Build.DenseOfArray(mean), nu, Matrix<double>.Build.DenseOfArray(scale)),
            Tolerance = 1e-15,
            MaxIterations = 100_000,
        }).Fit(X);
        var random = new Random(5);
        double highest = LogPosterior(mode);

        for (int trial = 0; trial < 200; trial++)
        {
            double step = Math.Pow(10, -random.Next(2, 5));
            GaussianMixtureModel near = Perturbed(mode, random, step);
            LogPosterior(near).Should().BeLessThanOrEqualTo(highest + (1e-9 * step));
        }

        double LogPosterior(GaussianMixtureModel model)
        {
            double sum = model.LogLikelihood(X);
            for (int j = 0; j < 2; j++)
            {
                Matrix<double> covariance = model.Covariances[j];
                Vector<double> difference = model.Means.Row(j) - Vector<double>.Build.DenseOfArray(mean);
                sum -= 0.5 * (Math.Log(covariance.Determinant()) + (shrinkage * difference.DotProduct(covariance.Inverse() * difference)));
                if (typeName == "VVV" || (typeName == "EEE" && j == 0))
                    sum -= 0.5 * (((nu + 3) * Math.Log(covariance.Determinant())) + (covariance.Inverse() * Matrix<double>.Build.DenseOfArray(scale)).Trace());
                else if (typeName == "VVI" || (typeName == "EEI" && j == 0))
                    sum -= 0.5 * Enumerable.Range(0, 2).Sum(i => ((nu + 2) * Math.Log(covariance[i, i])) + (scale[i, i] / covariance[i, i]));
                else if (typeName == "VII" || (typeName == "EII" && j == 0))
                    sum -= 0.5 * (((nu + 2) * Math.Log(covariance[0, 0])) + (31 / covariance[0, 0]));
            }

            return sum;
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Fit_OfDataThatCollapse_IsSmooth(string typeName, string data)
    {
        HostileData hostile = HostileData.Named(data);
        var estimator = new GaussianMixture(hostile.Components)
        {
            CovarianceType = CovarianceType.Parse(typeName),
            Prior = Prior.Conjugate(),
            VarianceFloor = 0,
        };

        GaussianMixtureModel model = estimator.Fit(hostile.X);

        model.ShouldBeUsableFor(hostile.X);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithPrior_CommutesWithShiftAndScale(string typeName)
    {
        GaussianMixture estimator = Estimator(typeName) with { Prior = Prior.Conjugate() };
        GaussianMixtureModel model = estimator.Fit(X);
        foreach (double scale in new[] { 1e-150, 1e-9, 1e9, 1e150 })
        {
            double[,] moved = SyntheticData.Map(X, (value, _) => scale * (value + 1000));
            GaussianMixtureModel other = estimator.Fit(moved);

            for (int j = 0; j < 2; j++)
            {
                other.Weights[j].Should().BeApproximately(model.Weights[j], 1e-7);
                for (int i = 0; i < 2; i++)
                    (other.Means[j, i] / scale).Should().BeApproximately(model.Means[j, i] + 1000, 1e-6);
                (Math.Sqrt(other.Covariances[j][0, 0]) / scale).Should().BeApproximately(Math.Sqrt(model.Covariances[j][0, 0]), 1e-7);
            }

            double shift = -272 * 2 * Math.Log(scale);
            other.Report!.LogLikelihoodTrace[^1].Should().BeApproximately(model.Report!.LogLikelihoodTrace[^1] + shift, 1e-6 * (1 + Math.Abs(shift)));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithPriorAndWeights_EqualsCopies(string typeName)
    {
        Vector<double> weights = SyntheticData.Multiplicities(272, seed: 8);
        double[,] copies = SyntheticData.Take(X, [.. Enumerable.Range(0, 272).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))]);
        GaussianMixture estimator = Estimator(typeName) with { Prior = Prior.Conjugate(shrinkage: 20, degreesOfFreedom: 40) };

        estimator.Fit(X, weights).ShouldEqual(estimator.Fit(copies), 1e-7);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithPriorOnAnyNumberOfThreads_HasTheSameBits(string typeName)
    {
        double[,] x = SyntheticData.CorrelatedClouds(20_000, 3, 3, seed: 9);
        GaussianMixture estimator = Estimator(typeName) with { Prior = Prior.Conjugate(), MaxIterations = 5 };

        (estimator with { MaxDegreeOfParallelism = 3 }).Fit(x).ShouldHaveTheBitsOf((estimator with { MaxDegreeOfParallelism = 1 }).Fit(x), x);
    }

    [Fact]
    public void Prior_ThatIsNone_IsMaximumLikelihood()
    {
        new GaussianMixture(2).Prior.Should().BeSameAs(Prior.None);
        new GaussianMixture(2) { Prior = Prior.None }.Should().Be(new GaussianMixture(2));
    }

    [Fact]
    public void Prior_ThatDoesNotFit_IsRefused()
    {
        Action isNull = () => _ = new GaussianMixture(2) { Prior = null! };
        isNull.Should().Throw<ArgumentNullException>().Which.Message.Should().Contain("Prior.None");
        Refused(() => Prior.Conjugate(shrinkage: -1), "shrinkage", "-1");
        Refused(() => Prior.Conjugate(shrinkage: double.NaN), "shrinkage", "NaN");
        Refused(() => Prior.Conjugate(degreesOfFreedom: 0), "degreesOfFreedom", "0");
        Refused(() => Fit(Prior.Conjugate(degreesOfFreedom: 1)), "degreesOfFreedom", "2 columns", "above 1");
        Refused(() => Fit(Prior.Conjugate(mean: Vector<double>.Build.Dense(3))), "mean", "3 values", "2 columns");
        Refused(() => Fit(Prior.Conjugate(scale: Matrix<double>.Build.DenseIdentity(3))), "scale", "3 x 3");
        Refused(() => Fit(Prior.Conjugate(scale: Matrix<double>.Build.Dense(2, 2, 1.0))), "scale", "not positive definite");
        foreach (CovarianceType type in CovarianceType.All.Except(BayesianCases.WithModes))
            Refused(() => (new GaussianMixture(2) with { CovarianceType = type, Prior = Prior.Conjugate() }).Fit(X), "Prior", type.Name, "VVV");
    }

    private static GaussianMixtureModel Fit(Prior prior) => new GaussianMixture(2) { Prior = prior }.Fit(X);

    private static void Refused(Action act, string argument, params string[] words) => act.ShouldRefuse<ArgumentException>(argument, words);

    private static GaussianMixture Estimator(string typeName) => new(2) { CovarianceType = CovarianceType.Parse(typeName) };

    /// <summary>Means and covariances a little different, still of the family; weights as they were.</summary>
    private static GaussianMixtureModel Perturbed(GaussianMixtureModel model, Random random, double step)
    {
        double[,] means = model.Means.ToArray();
        var covariances = new Matrix<double>[2];
        for (int j = 0; j < 2; j++)
        {
            Matrix<double> root = model.Covariances[j].Cholesky().Factor;
            (double a, double b, double c) = (step * SyntheticData.Normal(random), step * SyntheticData.Normal(random), step * SyntheticData.Normal(random));
            bool isMatrix = model.CovarianceType.Name is "VVV" or "EEE";
            bool isSphere = model.CovarianceType.Name is "VII" or "EII";
            Matrix<double> turn = Matrix<double>.Build.DenseOfArray(new[,] { { 1 + a, 0 }, { isMatrix ? b : 0, 1 + (isSphere ? a : c) } });
            Matrix<double> moved = root * turn;
            bool isShared = model.CovarianceType.Name[0] == 'E';
            covariances[j] = isShared && j > 0 ? covariances[0] : moved * moved.Transpose();
            for (int i = 0; i < 2; i++)
                means[j, i] += step * SyntheticData.Normal(random) * Math.Sqrt(model.Covariances[j][i, i]);
        }

        return GaussianMixtureModel.FromParameters(model.Weights, Matrix<double>.Build.DenseOfArray(means), covariances, model.CovarianceType);
    }
}
