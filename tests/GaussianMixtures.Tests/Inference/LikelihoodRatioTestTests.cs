using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>The bootstrap test finds what mclust's does, and keeps its level.</summary>
public class LikelihoodRatioTestTests
{
    /// <summary>mclust 6.0.0, mclustBootstrapLRT(faithful, "VVV", nboot = 99): 319.065354, p = 0.01 (Reference/make_bootstrap.R).</summary>
    [Fact]
    public void Bootstrap_OfOneAgainstTwo_IsMclusts()
    {
        LikelihoodRatioTestResult one = LikelihoodRatioTest.Bootstrap(ReferenceData.Faithful, 1, CovarianceType.Full, replicates: 99, seed: 1);

        one.Statistic.Should().BeApproximately(319.065354, 1e-3);
        one.PValue.Should().BeLessThanOrEqualTo(0.02);
    }

    /// <summary>
    /// With the rows as they come mclust ends on a lower maximum of three components, with a statistic of 6.130516; in five of nine
    /// other orders of the rows it finds the one that is found here from any of them, and stops at 21.92 to 21.95; with a tolerance of 1e-9,
    /// and its tree in any other coordinates than those of its default, at 22.09996 or 22.09997 (Reference/make_bootstrap.R).
    /// </summary>
    [Fact]
    public void Bootstrap_OfTwoAgainstThree_IsMclustsWhereItFindsTheHigherMaximum()
    {
        LikelihoodRatioTestResult two = LikelihoodRatioTest.Bootstrap(ReferenceData.Faithful, 2, CovarianceType.Full, replicates: 19, seed: 1);

        two.Statistic.Should().BeApproximately(22.09996, 1e-3);
        two.Larger.Report!.Diagnostics.Should().BeEmpty("it is no artefact of a shrinking component");
        two.ReplicateStatistics.Should().OnlyContain(statistic => statistic > 0 && statistic < 60);
    }

    [Fact]
    public void Bootstrap_FromAStartOfTheCallers_FindsItsMaximum()
    {
        GaussianMixture estimator = new(1) { Initialization = Initialization.KMeansPlusPlus, Restarts = 20 };

        LikelihoodRatioTest.Bootstrap(ReferenceData.Faithful, 2, replicates: 1, estimator: estimator).Statistic
            .Should().BeGreaterThan(31.6, "there is a still higher maximum");
    }

    [Fact]
    public void Result_IsWhatItsStatisticsSay()
    {
        LikelihoodRatioTestResult result = LikelihoodRatioTest.Bootstrap(ReferenceData.Faithful, 2, CovarianceType.Tied, replicates: 19);

        result.Smaller.Components.Should().Be(2);
        result.Larger.Components.Should().Be(3);
        result.Smaller.CovarianceType.Should().BeSameAs(CovarianceType.Tied);
        result.Statistic.Should().BeApproximately(2 * (result.Larger.LogLikelihood(ReferenceData.Faithful) - result.Smaller.LogLikelihood(ReferenceData.Faithful)), 1e-8);
        result.ReplicateStatistics.Should().HaveCount(19).And.OnlyContain(statistic => statistic >= 0);
        result.ReplicateStatistics.Distinct().Should().HaveCountGreaterThan(15);
        result.PValue.Should().Be((1.0 + result.ReplicateStatistics.Count(statistic => statistic >= result.Statistic)) / 20);
        result.ToString().Should().Be(FormattableString.Invariant(
            $"2 against 3 components, EEE: statistic {result.Statistic:F3}, p = {result.PValue:G4}"));
    }

    [Fact]
    public void Bootstrap_WithOtherThreadCounts_HasTheSameBits()
    {
        double[,] x = ReferenceData.Iris;
        LikelihoodRatioTestResult one = LikelihoodRatioTest.Bootstrap(x, 2, replicates: 6, seed: 3, estimator: Restarted(1));

        foreach (int? threads in new int?[] { 2, 9, null })
        {
            LikelihoodRatioTestResult many = LikelihoodRatioTest.Bootstrap(x, 2, replicates: 6, seed: 3, estimator: Restarted(threads));

            ModelAssertions.Bits(many.ReplicateStatistics).Should().Equal(ModelAssertions.Bits(one.ReplicateStatistics));
            many.Statistic.Should().Be(one.Statistic);
        }
    }

    [Fact]
    public void Bootstrap_OfMoreReplicates_KeepsTheFirst()
    {
        double[,] x = ReferenceData.Faithful;

        LikelihoodRatioTestResult more = LikelihoodRatioTest.Bootstrap(x, 1, replicates: 8);

        more.ReplicateStatistics.Take(3).Should().Equal(LikelihoodRatioTest.Bootstrap(x, 1, replicates: 3).ReplicateStatistics);
        more.ReplicateStatistics.Should().NotEqual(LikelihoodRatioTest.Bootstrap(x, 1, replicates: 8, seed: 1).ReplicateStatistics);
    }

    [Fact]
    public void Bootstrap_UnderTheNull_KeepsItsLevel()
    {
        // Forty samples of one normal: p is uniform on 0.1 … 1, so about four lie at 0.1; 13 or more once in 10,000.
        int rejected = Enumerable.Range(0, 40).Count(seed => LikelihoodRatioTest
            .Bootstrap(SyntheticData.Clouds(60, 1, 1, seed), 1, replicates: 9, seed: seed).PValue <= 0.1);

        rejected.Should().BeLessThan(13);
    }

    [Fact]
    public void Bootstrap_OfWrongArguments_IsRefused()
    {
        double[,] x = ReferenceData.Faithful;
        ((Action)(() => LikelihoodRatioTest.Bootstrap(null!, 1))).ShouldRefuse<ArgumentNullException>("x");
        ((Action)(() => LikelihoodRatioTest.Bootstrap(x, 0))).ShouldRefuse<ArgumentOutOfRangeException>("components", "0");
        ((Action)(() => LikelihoodRatioTest.Bootstrap(x, int.MaxValue))).ShouldRefuse<ArgumentOutOfRangeException>("components");
        ((Action)(() => LikelihoodRatioTest.Bootstrap(x, 1, replicates: 0))).ShouldRefuse<ArgumentOutOfRangeException>("replicates", "0");
        ((Action)(() => LikelihoodRatioTest.Bootstrap(new double[,] { { 1 }, { 2 } }, 2))).ShouldRefuse<ArgumentException>("x", "2 rows");
    }

    [Fact]
    public void Bootstrap_Cancelled_Stops()
    {
        CancellationToken cancelled = new(canceled: true);

        ((Action)(() => LikelihoodRatioTest.Bootstrap(ReferenceData.Faithful, 1, cancellationToken: cancelled)))
            .Should().Throw<OperationCanceledException>();
    }

    private static GaussianMixture Restarted(int? threads) => new(1) { Restarts = 3, MaxDegreeOfParallelism = threads };
}
