using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>What goes wrong with one candidate is said, and stops no other; what the caller got wrong stops all.</summary>
public class FailingCandidateTests
{
    [Fact]
    public void Candidate_OfMoreComponentsThanRows_FailsAlone()
    {
        double[][] x = [[1, 2], [2, 1], [4, 4], [0, 7], [3, 3.5]];

        ModelSelectionResult result = new ModelSelection { Components = [1, 6], CovarianceTypes = [CovarianceType.Spherical] }.Fit(x);

        Candidate failed = result.Candidates[1];
        failed.Failure.Should().Contain("5 rows").And.Contain("Components = 6");
        failed.Model.Should().BeNull();
        failed.Components.Should().Be(6);
        failed.CovarianceType.Should().BeSameAs(CovarianceType.Spherical);
        failed.ParameterCount.Should().Be(5 + 12 + 6);
        new[] { failed.Value, failed.LogLikelihood, failed.Bic, failed.Aic, failed.Aicc, failed.Icl }.Should().OnlyContain(v => double.IsNaN(v));
        failed.IsDegenerate.Should().BeFalse();
        result.Best.Components.Should().Be(1);
    }

    [Fact]
    public void Candidate_OfACollapse_FailsWithItsReason()
    {
        double[][] x = [[0, 0], [0, 0], [0, 0], [5, 1], [5, 1], [5, 3]];

        ModelSelectionResult result = new ModelSelection
        {
            Components = [1, 2],
            CovarianceTypes = [CovarianceType.Full],
            Estimator = new GaussianMixture(1) { VarianceFloor = 0 },
        }.Fit(x);

        result.Candidates[0].Failure.Should().BeNull();
        result.Candidates[1].Failure.Should().Contain("singular").And.Contain("Reduce the number of components");
    }

    [Fact]
    public void Candidates_WhoseStartFitsOthersOnly_Fail()
    {
        GaussianMixtureModel three = new GaussianMixture(3).Fit(ReferenceData.Iris);

        ModelSelection search = new()
        {
            Components = [2, 3],
            CovarianceTypes = [CovarianceType.Full],
            Estimator = new GaussianMixture(1) { Initialization = Initialization.FromModel(three) },
            FurtherStarts = [],
            LeaderStarts = [],
        };

        ModelSelectionResult result = search.Fit(ReferenceData.Iris);

        result.Candidates[0].Failure.Should().Contain("3 components for 2");
        result.Best.Components.Should().Be(3);
        (search with { FurtherStarts = [Initialization.Hierarchical] }).Fit(ReferenceData.Iris).Candidates
            .Should().OnlyContain(candidate => candidate.Failure == null, "another start fits");
    }

    [Fact]
    public void Candidate_WhoseCriterionFails_KeepsItsModel()
    {
        ModelSelectionResult result = new ModelSelection { Components = [1, 2, 3], Criterion = new Picky() }.Fit(ReferenceData.Iris);

        foreach (Candidate candidate in result.Candidates.Where(candidate => candidate.Components == 2))
        {
            candidate.Failure.Should().Be("two is no number");
            candidate.Model.Should().NotBeNull();
            double.IsNaN(candidate.Value).Should().BeTrue();
            double.IsNaN(candidate.Bic).Should().BeFalse();
        }

        result.Candidates.Where(candidate => candidate.Components == 3).Should().OnlyContain(candidate => candidate.Failure!.Contains("NaN"));
        result.Best.Components.Should().Be(1);
    }

    [Fact]
    public void Fit_WhereAllFail_SaysWhy()
    {
        Action fit = () => new ModelSelection { Components = [2, 3], Criterion = new Picky() }.Fit(ReferenceData.Iris);

        fit.Should().Throw<InvalidOperationException>().WithMessage("*two is no number*NaN*");
    }

    [Fact]
    public void Fit_OfFewerRowsThanTheFewestComponents_IsRefused()
    {
        double[][] x = [[1, 2], [2, 1], [3, 5]];
        Action few = () => new ModelSelection { Components = [5, 4] }.Fit(x);
        Action light = () => new ModelSelection { Components = [3] }.Fit(x, Vector<double>.Build.DenseOfArray([1, 0, 2]));

        few.ShouldRefuse<ArgumentException>("x", "3 rows", "Components = 4").AndHints("fewer components");
        light.ShouldRefuse<ArgumentException>("x", "2 rows", "Components = 3");
    }

    [Fact]
    public void Fit_OfWrongData_IsRefusedAsAWhole()
    {
        double[,] broken = (double[,])ReferenceData.Iris.Clone();
        broken[7, 2] = double.NaN;
        Action nan = () => new ModelSelection().Fit(broken);
        Action none = () => new ModelSelection().Fit(null!);
        Action weights = () => new ModelSelection().Fit(ReferenceData.Iris, Vector<double>.Build.Dense(3));

        nan.ShouldRefuseAt("x", 7, 2, "NaN");
        none.ShouldRefuse<ArgumentNullException>("x");
        weights.ShouldRefuse<ArgumentException>("weights", "150 rows");
    }

    /// <summary>Also where no candidate is left to notice it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Fit_Cancelled_Stops(int candidates)
    {
        using CancellationTokenSource source = new();
        ProgressLog progress = new(p =>
        {
            if (p.Iteration == 5)
                source.Cancel();
        });
        ModelSelection search = new()
        {
            Components = Enumerable.Range(2, candidates),
            CovarianceTypes = [CovarianceType.Full],
            Estimator = new GaussianMixture(1) { Tolerance = 0, MaxIterations = 1_000_000 },
        };

        Action fit = () => search.Fit(ReferenceData.Iris, progress: progress, cancellationToken: source.Token);

        fit.Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);
    }

    [Fact]
    public void Progress_TellsEveryIterationOfEveryCandidate()
    {
        ProgressLog progress = new();
        ModelSelection search = new()
        {
            Components = [1, 2, 3],
            Estimator = new GaussianMixture(1) { Restarts = 2 },
            ScreeningTolerance = 0,
            FurtherStarts = [],
        };

        ModelSelectionResult result = search.Fit(ReferenceData.Faithful, progress: progress);

        foreach (Candidate candidate in result.Candidates)
        {
            IEnumerable<FitProgress> own = progress.Entries
                .Where(p => p.Components == candidate.Components && p.CovarianceType == candidate.CovarianceType);
            own.Select(p => p.Restart).Distinct().Should().BeEquivalentTo([0, 1]);
            own.GroupBy(p => p.Restart).Select(restart => restart.Select(p => p.LogLikelihood)).Should()
                .Contain(trace => trace.SequenceEqual(candidate.Model!.Report!.LogLikelihoodTrace));
        }
    }

    [Fact]
    public void Progress_ThatThrows_EndsTheSearch()
    {
        ProgressLog progress = new(_ => throw new InvalidTimeZoneException("from the caller"));

        Action fit = () => new ModelSelection().Fit(ReferenceData.Faithful, progress: progress);

        fit.Should().Throw<InvalidTimeZoneException>().WithMessage("from the caller");
    }

    /// <summary>Fails for two components, and knows nothing of three.</summary>
    private sealed class Picky : Criterion
    {
        public override string Name => "Picky";

        protected internal override double Evaluate(CriterionContext context) => context.Model.Components switch
        {
            2 => throw new NotSupportedException("two is no number"),
            3 => double.NaN,
            _ => 0,
        };
    }
}
