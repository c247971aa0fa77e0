using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>What the fit says about itself is true: when and why it stopped, how often it began, in which order.</summary>
public class ReportTests
{
    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_ThatConverged_LeavesLessThanTheToleranceToGain(string typeName)
    {
        // Two clouds that overlap: EM creeps, so that a small last step does not mean a near end.
        double[,] x = SyntheticData.Clouds(400, 2, 1, seed: 26);
        for (int i = 0; i < 150; i++)
            x[i, 0] += 2;
        var estimator = new GaussianMixture(2) { CovarianceType = CovarianceType.Parse(typeName) };

        GaussianMixtureModel model = estimator.Fit(x);
        GaussianMixtureModel limit = (estimator with
        {
            Initialization = Initialization.FromModel(model),
            Tolerance = 0,
            MaxIterations = 5000,
        }).Fit(x);

        model.Report!.Converged.Should().BeTrue();
        model.Report.StopReason.Should().Be(StopReason.Converged);
        double gain = (limit.Report!.LogLikelihood - model.Report.LogLikelihood) / x.GetLength(0);
        model.Report.Iterations.Should().BeGreaterThan(10, "this data is slow");
        gain.Should().BeLessThan(3 * estimator.Tolerance, "the gain to come is an extrapolation, good to a factor");
    }

    [Fact]
    public void Fit_WithARidgeThatLowersTheLikelihood_StopsWhereItSettles()
    {
        // Two overlapping squares: EM with a ridge climbs down from where maximum likelihood would go.
        Random random = new(4);
        double[,] x = new double[200, 2];
        for (int row = 0; row < 200; row++)
        {
            x[row, 0] = random.NextDouble() + (row % 2);
            x[row, 1] = random.NextDouble();
        }

        GaussianMixture estimator = new(2) { Ridge = 0.1 };

        GaussianMixtureModel model = estimator.Fit(x);
        GaussianMixtureModel limit = (estimator with { Tolerance = 0, MaxIterations = 20_000 }).Fit(x);

        model.Report!.LogLikelihoodTrace.Zip(model.Report.LogLikelihoodTrace.Skip(1), (before, after) => after - before)
            .Should().Contain(gain => gain < -1e-6, "or this data shows nothing");
        Math.Abs(model.Report.LogLikelihood - limit.Report!.LogLikelihood).Should().BeLessThan(200 * 1e-4);
    }

    [Fact]
    public void Fit_StoppedByTheLimit_SaysSo()
    {
        FitReport report = new GaussianMixture(3) { MaxIterations = 2 }.Fit(ReferenceData.Thyroid).Report!;

        report.Converged.Should().BeFalse();
        report.StopReason.Should().Be(StopReason.IterationLimit);
        report.Iterations.Should().Be(2);
        report.LogLikelihoodTrace.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Report_LogLikelihood_IsThatOfTheReturnedModel(string typeName)
    {
        double[,] x = ReferenceData.Iris;

        var estimator = new GaussianMixture(3) { CovarianceType = CovarianceType.Parse(typeName), MaxIterations = 4 };

        GaussianMixtureModel model = estimator.Fit(x);

        double expected = model.LogLikelihood(x);
        ModelAssertions.Close(model.Report!.LogLikelihood, expected, expected, 1e-12, "log-likelihood");
        model.Report.LogLikelihood.Should().BeGreaterThan(model.Report.LogLikelihoodTrace[^1]);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithRestarts_KeepsTheBest(string typeName)
    {
        var estimator = new GaussianMixture(4)
        {
            CovarianceType = CovarianceType.Parse(typeName),
            Initialization = Initialization.RandomPoints,
            MaxIterations = 30,
            Tolerance = 0,
        };
        var progress = new ProgressLog();

        double one = estimator.Fit(ReferenceData.Iris).Report!.LogLikelihood;
        FitReport six = (estimator with { Restarts = 6 }).Fit(ReferenceData.Iris, progress: progress).Report!;

        six.Restarts.Should().Be(6);
        six.LogLikelihood.Should().BeGreaterThanOrEqualTo(one, "restart 0 is the same fit whether it runs alone or first of six");
        progress.Entries.Select(e => e.Restart).Distinct().Should().BeEquivalentTo(Enumerable.Range(0, 6));
        double bestLastSeen = progress.Entries.Where(e => e.Iteration == 30).Max(e => e.LogLikelihood);
        six.LogLikelihoodTrace[^1].Should().BeGreaterThanOrEqualTo(bestLastSeen - 1e-6 * Math.Abs(bestLastSeen));
    }

    [Fact]
    public void Fit_WithOtherSeeds_TriesOtherStarts()
    {
        var estimator = new GaussianMixture(5) { Initialization = Initialization.RandomPoints, MaxIterations = 1, Tolerance = 0 };

        IEnumerable<GaussianMixtureModel> models =
            Enumerable.Range(0, 6).Select(seed => (estimator with { Seed = seed }).Fit(ReferenceData.Iris));

        models.Select(model => model.Report!.LogLikelihoodTrace[0]).Distinct().Should().HaveCountGreaterThan(1);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Components_OfAFitFromTheData_AreOrderedByWeight(string typeName)
    {
        var estimator = new GaussianMixture(4) { CovarianceType = CovarianceType.Parse(typeName) };

        GaussianMixtureModel model = estimator.Fit(ReferenceData.Thyroid);

        model.Weights.Should().BeInDescendingOrder();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Components_OfAFitFromTheCallersStart_KeepItsOrder(string typeName)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        double[,] x = SyntheticData.Clouds(600, 2, 3, seed: 4, separation: 12);
        GaussianMixtureModel fitted = new GaussianMixture(3) { CovarianceType = type, Restarts = 5 }.Fit(x);
        int[] labels = [.. fitted.Predict(x).Select(label => 2 - label)];

        var fromLabels = new GaussianMixture(3) { CovarianceType = type, Initialization = Initialization.FromLabels(labels) };
        GaussianMixtureModel reversed = fromLabels.Fit(x);
        GaussianMixtureModel again = (fromLabels with { Initialization = Initialization.FromModel(reversed) }).Fit(x);

        reversed.Weights.Should().BeInAscendingOrder();
        again.Weights.Should().BeInAscendingOrder();
        reversed.Predict(x).Should().Equal(labels);
    }

    [Fact]
    public void Progress_OfOneRun_TellsEveryIteration()
    {
        var progress = new ProgressLog();

        FitReport report = new GaussianMixture(3).Fit(ReferenceData.Iris, progress: progress).Report!;

        progress.Entries.Select(e => e.Iteration).Should().Equal(Enumerable.Range(1, report.Iterations));
        progress.Entries.Select(e => e.LogLikelihood).Should().Equal(report.LogLikelihoodTrace);
        progress.Entries.Should().OnlyContain(e => e.Restart == 0);
        for (int t = 1; t < progress.Entries.Count; t++)
            progress.Entries[t].Change.Should().Be(progress.Entries[t].LogLikelihood - progress.Entries[t - 1].LogLikelihood);
    }

    [Fact]
    public void FromParameters_HasNoReport() =>
        PlainEm.StartFrom(ReferenceData.Iris, 2).ToModel(CovarianceType.Full).Report.Should().BeNull();
}
