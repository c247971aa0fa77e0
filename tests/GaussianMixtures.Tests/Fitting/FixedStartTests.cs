using System.Text.Json;
using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>From a given start, a given number of iterations has one right answer: scikit-learn's.</summary>
public class FixedStartTests
{
    public static TheoryData<string, string, double, int> Runs
    {
        get
        {
            var runs = new TheoryData<string, string, double, int>();
            foreach (JsonProperty start in ReferenceData.FixedStarts.EnumerateObject().Where(p => p.Name[0] != '_'))
            {
                if (!ReferenceData.Has(start.Value.GetProperty("data").GetString()!))
                    continue;
                foreach (JsonProperty type in start.Value.GetProperty("types").EnumerateObject())
                    foreach (JsonElement run in type.Value.GetProperty("runs").EnumerateArray())
                        if (!run.TryGetProperty("failed", out _))
                            runs.Add(start.Name, type.Name, RidgeOf(run), IterationsOf(run));
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Fit_FromFixedStart_EqualsScikitLearn(string startName, string typeName, double ridge, int iterations)
    {
        JsonElement start = ReferenceData.FixedStarts.GetProperty(startName);
        JsonElement expected = ExpectedRun(start, typeName, ridge, iterations);
        double[,] x = ReferenceData.Load(start.GetProperty("data").GetString()!);
        double tolerance = iterations <= 5 ? 1e-9 : 1e-6;

        GaussianMixtureModel model = Estimator(StartModel(start, typeName), iterations, ridge).Fit(x);

        model.ShouldEqual(
            ReferenceData.Numbers(expected.GetProperty("weights")),
            ReferenceData.Table(expected.GetProperty("means")),
            ReferenceData.Covariances(expected.GetProperty("covariances"), typeName, model.Components, model.Dimension),
            tolerance);
        ShouldHaveProbabilities(model, x, ReferenceData.Table(expected.GetProperty("proba_first5")), tolerance);

        double logLikelihood = expected.GetProperty("loglik_after").GetDouble();
        ShouldBe(model.Report!.LogLikelihood, logLikelihood, tolerance, "log-likelihood in the report");
        ShouldBe(model.LogLikelihood(x), logLikelihood, tolerance, "log-likelihood of the model");

        double[] trace = ReferenceData.Numbers(expected.GetProperty("trace"));
        model.Report.LogLikelihoodTrace.Should().HaveCount(iterations);
        for (int t = 0; t < iterations; t++)
            ShouldBe(model.Report.LogLikelihoodTrace[t], trace[t], tolerance, $"log-likelihood seen by E-step {t + 1}");
        model.Report.Iterations.Should().Be(iterations);
        model.Report.StopReason.Should().Be(StopReason.IterationLimit);
        model.Report.Converged.Should().BeFalse();
    }

    [Fact]
    public void Runs_OfTheReference_AreAllThere() => Runs.Should().HaveCount(4 * 4 * 2 * 3);

    private static GaussianMixture Estimator(GaussianMixtureModel start, int iterations, double ridge) => new(start.Components)
    {
        CovarianceType = start.CovarianceType,
        Initialization = Initialization.FromModel(start),
        MaxIterations = iterations,
        Tolerance = 0,
        VarianceFloor = 0,
        Ridge = ridge,
    };

    private static GaussianMixtureModel StartModel(JsonElement start, string typeName)
    {
        double[,] means = ReferenceData.Table(start.GetProperty("start_means"));
        JsonElement covariances = start.GetProperty("types").GetProperty(typeName).GetProperty("start_covariances");
        return GaussianMixtureModel.FromParameters(
            Vector<double>.Build.DenseOfArray(ReferenceData.Numbers(start.GetProperty("start_weights"))),
            Matrix<double>.Build.DenseOfArray(means),
            [
                .. ReferenceData.Covariances(covariances, typeName, means.GetLength(0), means.GetLength(1))
                    .Select(Matrix<double>.Build.DenseOfArray),
            ],
            ReferenceData.TypeOf(typeName));
    }

    private static JsonElement ExpectedRun(JsonElement start, string typeName, double ridge, int iterations) =>
        start.GetProperty("types").GetProperty(typeName).GetProperty("runs").EnumerateArray().Single(
            run => RidgeOf(run) == ridge && IterationsOf(run) == iterations);

    private static double RidgeOf(JsonElement run) => run.GetProperty("reg_covar").GetDouble();

    private static int IterationsOf(JsonElement run) => run.GetProperty("T").GetInt32();

    private static void ShouldBe(double actual, double expected, double tolerance, string what) =>
        ModelAssertions.Close(actual, expected, expected, tolerance, what);

    private static void ShouldHaveProbabilities(GaussianMixtureModel model, double[,] x, double[,] expected, double tolerance)
    {
        Matrix<double> actual = model.PredictProba(x);
        for (int i = 0; i < expected.GetLength(0); i++)
            for (int c = 0; c < expected.GetLength(1); c++)
                ModelAssertions.Close(actual[i, c], expected[i, c], 1, tolerance, $"responsibility of {c} for row {i}");
    }
}
