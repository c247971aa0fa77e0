using System.Text.Json;
using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>With the conjugate prior a fit is the mode of the posterior: mclust's, and where likelihood has no maximum too.</summary>
public class PosteriorModeTests
{
    private static readonly double[,] X = ReferenceData.Faithful;

    public static TheoryData<string> Types => [.. BayesianCases.WithModes.Select(type => type.Name)];

    public static TheoryData<string> Data => [.. ReferenceData.Names];

    public static TheoryData<string> ModesOfFaithful =>
        [.. ReferenceData.PosteriorModes.GetProperty("faithful").GetProperty("ownStart").EnumerateObject().Select(model => model.Name)];

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
    public void Fit_WithConjugatePrior_EqualsMclust(string data, string typeName) =>
        FromLabels(data, typeName, Prior.Conjugate()).ShouldEqualMclust(data, "models", typeName);

    [Theory]
    [MemberData(nameof(ModesOfFaithful))]
    public void Fit_WithConjugatePriorFromHierarchicalStart_EqualsMclustFromItsOwn(string typeName) =>
        (Tight(2, typeName) with { Prior = Prior.Conjugate(), Initialization = Initialization.Hierarchical }).Fit(X)
            .ShouldEqualMclust("faithful", "ownStart", typeName);

    [Theory]
    [MemberData(nameof(Data))]
    public void Fit_OfEiiWithVanishingScale_EqualsMclustThatLeavesTheScaleOut(string data)
    {
        int d = ReferenceData.Load(data).GetLength(1);
        Prior scaleless = Prior.Conjugate(scale: 1e-12 * Matrix<double>.Build.DenseIdentity(d));

        FromLabels(data, "EII", scaleless).ShouldEqualMclust(data, "departures", "EII");
    }

    [Theory]
    [MemberData(nameof(Data))]
    public void Fit_OfEeiWithOneDegreeLess_EqualsMclustThatDividesByOneLess(string data)
    {
        // Both without shrinkage: mclust's means are where the data have them, with any.
        int d = ReferenceData.Load(data).GetLength(1);
        Prior oneLess = Prior.Conjugate(shrinkage: 0, degreesOfFreedom: d + 1);

        FromLabels(data, "EEI", oneLess).ShouldEqualMclust(data, "departures", "EEI");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithPrior_NeverLosesLogPosterior(string typeName)
    {
        Prior[] priors = [Prior.Conjugate(), Prior.Conjugate(shrinkage: 0), Prior.Conjugate(50, Vector<double>.Build.Dense(5, 1.0), 30)];
        foreach (Prior prior in priors)
        {
            foreach (Acceleration acceleration in new[] { Acceleration.None, Acceleration.Anderson, Acceleration.Squarem })
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
        // The densities as the paper gives them, and for the last four of the types as mclust's steps imply, up to constants; no step from
        // the mode in any parameter may gain.
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
                double logDeterminant = Math.Log(covariance.Determinant());
                sum -= 0.5 * shrinkage * difference.DotProduct(covariance.Inverse() * difference);
                sum -= 0.5 * (typeName is "VEI" or "EVI" or "EEV" or "VEV" ? 0 : logDeterminant);
                if (typeName == "VVV" || (typeName == "EEE" && j == 0))
                    sum -= 0.5 * (((nu + 3) * logDeterminant) + TraceOf(covariance));
                else if (typeName == "VVI" || (typeName == "EEI" && j == 0))
                    sum -= 0.5 * Enumerable.Range(0, 2).Sum(i => ((nu + 2) * Math.Log(covariance[i, i])) + (scale[i, i] / covariance[i, i]));
                else if (typeName == "VII" || (typeName == "EII" && j == 0))
                    sum -= 0.5 * (((nu + 2) * Math.Log(covariance[0, 0])) + (31 / covariance[0, 0]));
                else if (typeName == "VEI")
                    sum -= 0.5 * (((nu + 3) * logDeterminant / 2) + (2 / covariance[0, 0]) + (60 / covariance[1, 1]));
                else if (typeName == "EVI")
                    sum -= 0.5 * (((nu + 2) * logDeterminant / 2) + (2 / covariance[0, 0]) + (60 / covariance[1, 1]));
                else if (typeName == "EEV")
                    sum -= 0.5 * (((nu + 4) * logDeterminant / 2) + TraceOf(covariance));
                else if (typeName == "VEV")
                    sum -= 0.5 * TraceOf(covariance);
            }

            return sum;
        }

        double TraceOf(Matrix<double> covariance) => (covariance.Inverse() * Matrix<double>.Build.DenseOfArray(scale)).Trace();
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
    public void Fit_WithPriorAndAComponentWithoutObservations_NeverLosesLogPosterior(string typeName)
    {
        Matrix<double> responsibilities = Matrix<double>.Build.Dense(272, 3, (row, j) => j == (X[row, 0] > 3 ? 2 : 0) ? 1 : 0);
        foreach (double shrinkage in new[] { 0, 0.01, 20 })
        {
            GaussianMixtureModel model = new GaussianMixture(3)
            {
                CovarianceType = CovarianceType.Parse(typeName),
                Prior = Prior.Conjugate(shrinkage),
                Initialization = Initialization.FromResponsibilities(responsibilities),
                VarianceFloor = 0,
            }.Fit(X);

            model.ShouldBeUsableFor(X);
            model.Weights[1].Should().Be(0);
            model.Report!.Diagnostics.Should().ContainSingle(diagnostic => diagnostic.Component == 1);
            IReadOnlyList<double> trace = model.Report.LogLikelihoodTrace;
            for (int t = 1; t < trace.Count; t++)
                trace[t].Should().BeGreaterThanOrEqualTo(trace[t - 1] - (1e-10 * Math.Abs(trace[t])), $"iteration {t + 1}");
        }
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

    /// <summary>
    /// Run until nothing moves: at the mode the log posterior is flat to the square of the way left, and a tolerance on it ends too early for
    /// the log-likelihood, which is not.
    /// </summary>
    private static GaussianMixture Tight(int components, string typeName) => new(components)
    {
        CovarianceType = CovarianceType.Parse(typeName),
        Tolerance = 0,
        MaxIterations = 3000,
    };

    /// <summary>The fit that mclust's references are of.</summary>
    private static GaussianMixtureModel FromLabels(string data, string typeName, Prior prior)
    {
        JsonElement reference = ReferenceData.PosteriorModes.GetProperty(data);
        int[] labels = [.. ReferenceData.Numbers(reference.GetProperty("labels")).Select(label => (int)label)];
        return (Tight(reference.GetProperty("k").GetInt32(), typeName) with { Prior = prior, Initialization = Initialization.FromLabels(labels) })
            .Fit(ReferenceData.Load(data));
    }

    /// <summary>Means and covariances of two columns a little different, still of the family; weights as they were.</summary>
    private static GaussianMixtureModel Perturbed(GaussianMixtureModel model, Random random, double step)
    {
        double[,] means = model.Means.ToArray();
        double[,] changes = Changes(model.CovarianceType.Name, () => step * SyntheticData.Normal(random));
        var covariances = new Matrix<double>[2];
        for (int j = 0; j < 2; j++)
        {
            (double[] lengths, double angle) = Axes(model.Covariances[j]);
            double turned = angle + (changes[j, 2] * Math.Sqrt(lengths[1] / lengths[0]));
            Matrix<double> axes = Matrix<double>.Build.DenseOfArray(
                new[,] { { Math.Cos(turned), -Math.Sin(turned) }, { Math.Sin(turned), Math.Cos(turned) } });
            double[] moved = [lengths[0] * Math.Exp(changes[j, 0] + changes[j, 1]), lengths[1] * Math.Exp(changes[j, 0] - changes[j, 1])];
            Matrix<double> covariance = axes * Matrix<double>.Build.DenseOfDiagonalArray(moved) * axes.Transpose();
            covariances[j] = model.CovarianceType.Name[2] == 'I' ? Matrix<double>.Build.DenseOfDiagonalArray(covariance.Diagonal().AsArray()) : covariance;
            for (int i = 0; i < 2; i++)
                means[j, i] += step * SyntheticData.Normal(random) * Math.Sqrt(model.Covariances[j][i, i]);
        }

        return GaussianMixtureModel.FromParameters(model.Weights, Matrix<double>.Build.DenseOfArray(means), covariances, model.CovarianceType);
    }

    /// <summary>What volume, shape and orientation of each component change by, as the letters allow it.</summary>
    private static double[,] Changes(string letters, Func<double> draw)
    {
        var changes = new double[2, 3];
        for (int letter = 0; letter < 3; letter++)
        {
            changes[0, letter] = letters[letter] == 'I' ? 0 : draw();
            changes[1, letter] = letters[letter] == 'V' ? draw() : changes[0, letter];
        }

        return changes;
    }

    /// <summary>The eigenvalues of a 2 x 2 matrix, the larger first, and the angle of its axis.</summary>
    private static (double[] Lengths, double Angle) Axes(Matrix<double> covariance)
    {
        double half = (covariance[0, 0] - covariance[1, 1]) / 2;
        double radius = Math.Sqrt((half * half) + (covariance[0, 1] * covariance[0, 1]));
        double larger = ((covariance[0, 0] + covariance[1, 1]) / 2) + radius;
        return ([larger, covariance.Determinant() / larger], Math.Atan2(covariance[0, 1], half) / 2);
    }
}

file static class MclustAssertions
{
    /// <summary>Holds a model to one of the references, parameters, log-likelihood and BIC.</summary>
    public static void ShouldEqualMclust(this GaussianMixtureModel model, string data, string kind, string typeName)
    {
        JsonElement expected = ReferenceData.PosteriorModes.GetProperty(data).GetProperty(kind).GetProperty(typeName);
        double[] weights = ReferenceData.Numbers(expected.GetProperty("weights"));
        double[,] means = ReferenceData.Table(expected.GetProperty("means"));
        double[][,] covariances = [.. expected.GetProperty("covariances").EnumerateArray().Select(ReferenceData.Table)];
        model.ShouldEqual(weights, means, covariances, 1e-6);
        double logLikelihood = expected.GetProperty("loglik").GetDouble();
        model.Report!.LogLikelihood.Should().BeApproximately(logLikelihood, 1e-8 * Math.Abs(logLikelihood));
        model.Bic(ReferenceData.Load(data)).Should().BeApproximately(expected.GetProperty("bic").GetDouble(), 1e-8 * Math.Abs(logLikelihood));
    }
}
