using System.Text.Json;
using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>The fourteen families against R's mclust: from fixed labels step by step, at the end, and in what they count.</summary>
public class MclustTests
{
    /// <summary>Families whose M-step is an iteration, in mclust too: mclust's stops when a step gains little.</summary>
    private static readonly string[] Iterated = ["VEI", "VEE", "VEV", "EVE", "VVE"];

    public static TheoryData<string, string, int> ClosedForms => Cases(name => !Iterated.Contains(name), 1, 5, 50);

    /// <summary>Those of the iterated families in which mclust's iteration comes as far as ours.</summary>
    public static TheoryData<string, string, int> InnerIterations => Cases(name => name is "VEI" or "VEV", 1, 5, 50);

    /// <summary>All of them but VVE, where mclust's iteration ends elsewhere however long it runs.</summary>
    public static TheoryData<string, string, int> ConvergedIterations => Cases(name => Iterated.Contains(name) && name != "VVE", 1, 5, 50);

    public static TheoryData<string, string, int> LikelihoodsOfInnerIterations => Cases(name => name is "VEE" or "EVE", 5, 50);

    public static TheoryData<string, string, int> FirstSteps => Cases(Iterated.Contains, 1);

    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void Fit_OfAClosedForm_EqualsMclustStepByStep(string data, string typeName, int iterations) =>
        ShouldEqualMclust(data, typeName, iterations, 1e-8);

    [Theory]
    [MemberData(nameof(InnerIterations))]
    public void Fit_WithAnInnerIteration_EqualsMclustStepByStep(string data, string typeName, int iterations) =>
        ShouldEqualMclust(data, typeName, iterations, 1e-5);

    [Theory]
    [MemberData(nameof(ConvergedIterations))]
    public void Fit_WithAnInnerIteration_EqualsMclustStepByStepWhereMclustsIsRunToItsEnd(string data, string typeName, int iterations) =>
        ShouldEqualMclust(ReferenceData.MclustConvergedSteps, data, typeName, iterations, 1e-6);

    [Theory]
    [MemberData(nameof(LikelihoodsOfInnerIterations))]
    public void Fit_WithAnInnerIteration_HasTheLogLikelihoodOfMclust(string data, string typeName, int iterations)
    {
        double[,] x = ReferenceData.Load(data);
        double expected = Run(data, typeName, iterations).GetProperty("loglik").GetDouble();

        Fit(data, typeName, iterations).LogLikelihood(x).Should().BeApproximately(expected, 1e-5 * Math.Abs(expected));
    }

    [Theory]
    [InlineData("faithful")]
    [InlineData("iris")]
    public void Fit_OfCommonAxesWithFreeVolumes_EndsHigherThanMclust(string data)
    {
        // mclust's M-step for VVE does not maximise (see the next test), and so its EM goes another, lower way.
        double theirs = Run(data, "VVE", 50).GetProperty("loglik").GetDouble();

        Fit(data, "VVE", 50).LogLikelihood(ReferenceData.Load(data)).Should().BeGreaterThan(theirs);
    }

    /// <summary>
    /// In two columns axes are one angle, and all angles can be tried. mclust's covariances lie along the axes that are best where volumes
    /// are equal (EVE), to all digits, which is another angle than VVE's only minimum.
    /// </summary>
    [Fact]
    public void Estimate_OfCommonAxesWithFreeVolumes_HasTheBestOfAllAngles_WhichMclustsAreNot()
    {
        MStepProblem problem = MStepProblem.OfLabels(ReferenceData.Faithful, Labels("faithful"));
        double best = Enumerable.Range(0, 100_000).Max(step => problem.Objective(AlongAxesAt(problem, step * (Math.PI / 2 / 100_000))));
        double[][,] theirs = Covariances(Run(ReferenceData.MclustConvergedSteps, "faithful", "VVE", 1));
        double[][,] theirEqualVolumes = Covariances(Run(ReferenceData.MclustConvergedSteps, "faithful", "EVE", 1));

        problem.Objective(problem.Estimate(CovarianceType.VVE)).Should().BeInRange(best, best + 1e-6);
        problem.Objective(theirs).Should().BeLessThan(best - 3);
        Angle(theirs).Should().BeApproximately(Angle(theirEqualVolumes), 1e-7);
    }

    /// <summary>Where the best axes are not those that look best at the start. From the labels mclust ends with; see make_swiss.R.</summary>
    [Fact]
    public void Fit_OfCommonAxesWithManyLocalMaxima_IsAsHighAsMclust()
    {
        double[,] x = ReferenceData.Load("swiss");
        int[] second = [1, 2, 5, 6, 7, 8, 9, 10, 30, 31, 32, 33, 34, 35, 36, 37];
        int[] labels = [.. Enumerable.Range(0, x.GetLength(0)).Select(row => second.Contains(row) ? 1 : 0)];
        GaussianMixture estimator = new(2) { CovarianceType = CovarianceType.EVE, Initialization = Initialization.FromLabels(labels), Tolerance = 1e-10 };

        estimator.Fit(x).LogLikelihood(x).Should().BeGreaterThanOrEqualTo(-957.150367711 - 1e-5);
    }

    [Theory]
    [MemberData(nameof(FirstSteps))]
    public void Estimate_OfTheFirstScatters_IsAtLeastAsGoodAsMclusts(string data, string typeName, int iterations)
    {
        MStepProblem problem = MStepProblem.OfLabels(ReferenceData.Load(data), Labels(data));
        double theirs = problem.Objective(Covariances(Run(data, typeName, iterations)));

        double ours = problem.Objective(problem.Estimate(CovarianceType.Parse(typeName)));

        ours.Should().BeGreaterThanOrEqualTo(theirs - (1e-12 * Math.Abs(theirs)));
        ours.Should().BeApproximately(theirs, 0.02 * Math.Abs(theirs));
    }

    [Theory]
    [InlineData("EII", -1709.681373)]
    [InlineData("EEI", -1157.680012)]
    [InlineData("VEI", -1152.880196)]
    [InlineData("EVI", -1153.885568)]
    [InlineData("VEE", -1136.259854)]
    [InlineData("EVE", -1136.910261)]
    [InlineData("VVE", -1132.187446)]
    [InlineData("EEV", -1139.331599)]
    [InlineData("VEV", -1134.679204)]
    [InlineData("EVV", -1135.769904)]
    public void Fit_OldFaithfulInTwo_IsAsHighAsMclust(string typeName, double logLikelihood)
    {
        var estimator = new GaussianMixture(2) { CovarianceType = CovarianceType.Parse(typeName), Restarts = 10, Tolerance = 1e-10 };

        GaussianMixtureModel model = estimator.Fit(ReferenceData.Faithful);

        model.Report!.LogLikelihood.Should().BeGreaterThanOrEqualTo(logLikelihood - 1e-6);
        model.Report.Converged.Should().BeTrue();
        model.Report.Diagnostics.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void ParameterCount_UpToEightColumnsAndComponents_IsThatOfMclust(string typeName)
    {
        JsonElement table = ReferenceData.MclustParameterCounts.GetProperty(typeName);
        for (int d = 1; d <= 8; d++)
            for (int k = 1; k <= 8; k++)
                CovarianceType.Parse(typeName).ParameterCount(k, d).Should().Be(
                    table[d - 1][k - 1].GetInt32(), $"k = {k}, d = {d}");
    }

    private static TheoryData<string, string, int> Cases(Func<string, bool> selects, params int[] iterations)
    {
        var cases = new TheoryData<string, string, int>();
        foreach (string data in new[] { "faithful", "iris" })
            foreach (string name in CovarianceType.All.Select(type => type.Name).Where(selects))
                foreach (int count in iterations)
                    cases.Add(data, name, count);
        return cases;
    }

    private static void ShouldEqualMclust(string data, string typeName, int iterations, double tolerance) =>
        ShouldEqualMclust(ReferenceData.MclustFixedStarts, data, typeName, iterations, tolerance);

    private static void ShouldEqualMclust(JsonElement reference, string data, string typeName, int iterations, double tolerance)
    {
        JsonElement theirs = Run(reference, data, typeName, iterations);
        double expected = theirs.GetProperty("loglik").GetDouble();
        if (iterations == 1)
        {
            // One M-step is our start; what is seen of it is the first log-likelihood.
            Fit(data, typeName, 2).Report!.LogLikelihoodTrace[0].Should().BeApproximately(expected, tolerance * Math.Abs(expected));
            return;
        }

        GaussianMixtureModel model = Fit(data, typeName, iterations);

        model.ShouldEqual(
            ReferenceData.Numbers(theirs.GetProperty("pro")), ReferenceData.Table(theirs.GetProperty("mean")), Covariances(theirs), tolerance);
        model.LogLikelihood(ReferenceData.Load(data)).Should().BeApproximately(expected, tolerance * Math.Abs(expected));
        model.ParameterCount.Should().Be(theirs.GetProperty("df").GetInt32());
    }

    /// <summary>mclust's T times (M, then E): our start from labels is the first M.</summary>
    private static GaussianMixtureModel Fit(string data, string typeName, int iterations) =>
        new GaussianMixture(ReferenceData.MclustFixedStarts.GetProperty(data).GetProperty("G").GetInt32())
        {
            CovarianceType = CovarianceType.Parse(typeName),
            Initialization = Initialization.FromLabels(Labels(data)),
            MaxIterations = iterations - 1,
            Tolerance = 0,
            VarianceFloor = 0,
        }.Fit(ReferenceData.Load(data));

    private static int[] Labels(string data) =>
        [.. ReferenceData.MclustFixedStarts.GetProperty(data).GetProperty("start").EnumerateArray().Select(label => label.GetInt32() - 1)];

    private static JsonElement Run(string data, string typeName, int iterations) =>
        Run(ReferenceData.MclustFixedStarts, data, typeName, iterations);

    private static JsonElement Run(JsonElement reference, string data, string typeName, int iterations) =>
        reference.GetProperty(data).GetProperty("models").GetProperty(typeName).GetProperty($"T{iterations}");

    /// <summary>The best covariances with these axes: D diag(DᵀW_jD) Dᵀ / N_j.</summary>
    private static Matrix<double>[] AlongAxesAt(MStepProblem problem, double angle)
    {
        Matrix<double> axes = Matrix<double>.Build.DenseOfArray(
            new double[,] { { Math.Cos(angle), -Math.Sin(angle) }, { Math.Sin(angle), Math.Cos(angle) } });
        return [.. problem.Scatters.Select((scatter, j) =>
            axes * Matrix<double>.Build.DenseOfDiagonalVector((axes.Transpose() * scatter * axes).Diagonal()) * axes.Transpose() / problem.Weights[j])];
    }

    /// <summary>Where the axes of two columns lie, from 0 to a right angle.</summary>
    private static double Angle(double[][,] covariances)
    {
        double[,] first = covariances[0];
        double angle = 0.5 * Math.Atan2(2 * first[0, 1], first[0, 0] - first[1, 1]);
        return angle < 0 ? angle + (Math.PI / 2) : angle;
    }

    private static double[][,] Covariances(JsonElement run) => [.. run.GetProperty("sigma").EnumerateArray().Select(ReferenceData.Table)];
}
