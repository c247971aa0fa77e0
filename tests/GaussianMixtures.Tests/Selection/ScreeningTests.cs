using System.Collections.Concurrent;
using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>A search first looks at all candidates from afar; those that lead are fitted as if it had not.</summary>
public class ScreeningTests
{
    private static readonly IReadOnlyList<double[,]> Sets = [ReferenceData.Faithful, ReferenceData.Iris, ReferenceData.Thyroid];

    [Fact]
    public void Best_IsThatOfAThoroughSearch()
    {
        foreach (double[,] x in Sets)
        {
            ModelSelection search = new();
            ModelSelectionResult thorough = (search with { ScreeningTolerance = 0 }).Fit(x);

            ModelSelectionResult screened = search.Fit(x);

            screened.BestCandidate.CovarianceType.Should().BeSameAs(thorough.BestCandidate.CovarianceType);
            screened.BestCandidate.Components.Should().Be(thorough.BestCandidate.Components);
            double open = search.Estimator.Tolerance * x.GetLength(0);
            screened.BestCandidate.LogLikelihood.Should().BeApproximately(thorough.BestCandidate.LogLikelihood, open);
        }
    }

    /// <summary>Whoever leads at the end is where its own fit has nothing left to gain.</summary>
    [Fact]
    public void Leaders_AreFinished()
    {
        foreach (double[,] x in Sets)
        {
            ModelSelection search = new();
            double open = search.Estimator.Tolerance * x.GetLength(0);
            int lessThanOpen = 0;

            IReadOnlyList<Candidate> candidates = search.Fit(x).Candidates;

            foreach (Candidate candidate in candidates.OrderBy(c => c.IsDegenerate).ThenBy(c => c.Value).Take(13))
            {
                GaussianMixture goingOn = new(candidate.Components)
                {
                    CovarianceType = candidate.CovarianceType,
                    Initialization = Initialization.FromModel(candidate.Model!),
                    Tolerance = 1e-9,
                    Acceleration = Acceleration.Anderson,
                };
                double gain = goingOn.Fit(x).Report!.LogLikelihood - candidate.LogLikelihood;
                candidate.IsFinished.Should().BeTrue();
                gain.Should().BeLessThan(10 * open, $"{candidate.CovarianceType} with {candidate.Components}");
                lessThanOpen += gain < open ? 1 : 0;
            }

            lessThanOpen.Should().BeGreaterThan(10);
            candidates.Count(candidate => candidate.IsFinished).Should().BeInRange(13, 26, "others are not");
        }
    }

    [Fact]
    public void Screening_SavesIterations()
    {
        foreach (double[,] x in Sets)
        {
            ProgressLog thorough = new(), screened = new();

            new ModelSelection { ScreeningTolerance = 0 }.Fit(x, progress: thorough);
            new ModelSelection().Fit(x, progress: screened);

            screened.Entries.Count.Should().BeLessThan(85 * thorough.Entries.Count / 100); // measured: 65 to 77 of 100
        }
    }

    [Fact]
    public void Families_AreNeverBelowThoseTheyContain_ByMoreThanScreeningLeavesOpen()
    {
        foreach (double[,] x in Sets)
        {
            ModelSelection search = new() { Components = Enumerable.Range(1, 6) };
            IReadOnlyList<Candidate> candidates = search.Fit(x).Candidates;

            foreach (Candidate candidate in candidates.Where(c => !c.IsDegenerate))
            {
                foreach (Candidate other in candidates.Where(o => o.Components == candidate.Components && !o.IsDegenerate
                    && candidate.CovarianceType.Contains(o.CovarianceType)))
                {
                    candidate.LogLikelihood.Should().BeGreaterThanOrEqualTo(
                        other.LogLikelihood - (1.0001 * search.ScreeningTolerance * x.GetLength(0)),
                        $"{candidate.CovarianceType} contains {other.CovarianceType}, {candidate.Components}");
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Fit_OnAnyNumberOfThreads_HasTheSameBits(int threads)
    {
        ModelSelection search = new() { Components = Enumerable.Range(1, 5) };
        ModelSelectionResult expected = search.Fit(ReferenceData.Iris);

        ModelSelectionResult result = (search with { Estimator = search.Estimator with { MaxDegreeOfParallelism = threads } }).Fit(ReferenceData.Iris);

        foreach ((Candidate one, Candidate other) in expected.Candidates.Zip(result.Candidates))
            other.Model!.ShouldHaveTheBitsOf(one.Model!, ReferenceData.Iris);
    }

    /// <summary>A tolerance that the estimator has itself screens nothing; nor is there anything to screen in one candidate.</summary>
    [Fact]
    public void Candidates_WhereNothingIsScreened_HaveTheBitsOfLoneFits()
    {
        double[,] x = ReferenceData.Faithful;
        ModelSelection search = new() { CovarianceTypes = [CovarianceType.VEV], LeaderStarts = [] };

        foreach (ModelSelection each in new[] { search with { Components = [4] }, search with { Components = [2, 4], ScreeningTolerance = 1e-6 } })
        {
            foreach (Candidate candidate in each.Fit(x).Candidates)
            {
                candidate.IsFinished.Should().BeTrue();
                GaussianMixture alone = search.Estimator with { Components = candidate.Components, CovarianceType = CovarianceType.VEV };
                candidate.Model!.ShouldHaveTheBitsOf(alone.Fit(x), x);
            }
        }
    }

    /// <summary>The report of a leader is of all that was done for it: what screening saw, and then what the finish saw.</summary>
    [Fact]
    public void Report_OfALeader_IsOfTheWholeWay()
    {
        ProgressLog progress = new();

        Candidate best = new ModelSelection { Components = [2, 3], CovarianceTypes = [CovarianceType.VVV], Estimator = new(1) { Restarts = 2 }, FurtherStarts = [], LeaderStarts = [] }
            .Fit(ReferenceData.Faithful, progress: progress).BestCandidate;

        FitReport report = best.Model!.Report!;
        report.Restarts.Should().Be(2);
        report.LogLikelihoodTrace.Should().HaveCount(report.Iterations).And.BeInAscendingOrder();
        report.Passes.Should().BeGreaterThanOrEqualTo(report.Iterations);
        report.LogLikelihood.Should().BeGreaterThanOrEqualTo(report.LogLikelihoodTrace[^1]);
        progress.Entries.Count(entry => entry.Components == best.Components && entry.Iteration == 1).Should().BeGreaterThan(1, "it went on");
        FitProgress last = progress.Entries.Last(entry => entry.Components == best.Components);
        last.Iteration.Should().BeLessThan(report.Iterations);
        last.LogLikelihood.Should().Be(report.LogLikelihoodTrace[^1]);
    }

    /// <summary>A trace never falls: where going on begins a rounding lower, it is told of alone.</summary>
    [Theory]
    [InlineData(2.0, 5)]
    [InlineData(1.9999999999, 2)]
    public void Report_ThatContinuesAnother_IsOfBothUnlessTheTraceWouldFall(double beginning, int iterations)
    {
        FitReport earlier = Report(1, 1.5, 2), later = Report(beginning, 3);

        FitReport whole = later.Continuing(earlier);

        whole.LogLikelihoodTrace.Should().BeInAscendingOrder().And.HaveCount(iterations);
        whole.Iterations.Should().Be(iterations);
        whole.Passes.Should().Be(2 * iterations);
        whole.LogLikelihood.Should().Be(later.LogLikelihood);

        static FitReport Report(params double[] trace) => new()
        {
            Iterations = trace.Length,
            Passes = 2 * trace.Length,
            StopReason = StopReason.Converged,
            LogLikelihood = trace[^1] + 1,
            LogLikelihoodTrace = trace,
            Restarts = 1,
            Diagnostics = [],
            Elapsed = TimeSpan.Zero,
        };
    }

    /// <summary>
    /// Nine rows of one value, of which a start makes a component: screened by its first steps alone it is sound, and leads. At the end it is
    /// not, and from the other start there is a sound one.
    /// </summary>
    [Fact]
    public void Leader_ThatCollapsesOnItsWay_IsFittedFromAllStarts()
    {
        double[] values = [.. Enumerable.Repeat(5.0, 9), .. Enumerable.Range(0, 40).Select(i => 0.1 * i * i)];
        double[][] x = [.. values.Select(value => new[] { value })];
        int[] trap = [.. values.Select((value, row) => value == 5 || row is > 13 and < 18 ? 1 : 0)];
        int[] halves = [.. values.Select(value => value > 60 ? 1 : 0)];
        Labels leadingAstray = new(trap), sound = new(halves);
        ModelSelection search = new()
        {
            Components = [1, 2],
            CovarianceTypes = [CovarianceType.VVV],
            Estimator = new GaussianMixture(1) { Initialization = leadingAstray },
            FurtherStarts = [sound],
            LeaderStarts = [],
            ScreeningTolerance = 1,
        };
        (search.Estimator with { Components = 2 }).Fit(x).Report!.Diagnostics.Should().NotBeEmpty("that is the trap");
        (search.Estimator with { Components = 2, Tolerance = 1 }).Fit(x).Report!.Diagnostics.Should().BeEmpty("and it is well hidden");
        GaussianMixtureModel expected = (search.Estimator with { Components = 2, Initialization = sound }).Fit(x);
        leadingAstray.Asked.Clear();

        ModelSelectionResult result = search.Fit(x);

        result.Candidates[1].Model!.ShouldHaveTheBitsOf(expected, x);
        leadingAstray.Asked.Count(components => components == 2).Should().Be(2);
    }

    /// <summary>The same where a collapse is a failure, and no start avoids it.</summary>
    [Fact]
    public void Leader_ThatFailsOnItsWay_FailsWithItsReason()
    {
        double[] values = [.. Enumerable.Repeat(5.0, 9), .. Enumerable.Range(0, 40).Select(i => 0.1 * i * i)];
        double[][] x = [.. values.Select(value => new[] { value })];
        ModelSelection search = new()
        {
            Components = [1, 2],
            CovarianceTypes = [CovarianceType.VVV],
            Estimator = new GaussianMixture(1) { Initialization = new Labels([.. values.Select((value, row) => value == 5 || row is > 13 and < 18 ? 1 : 0)]), VarianceFloor = 0 },
            FurtherStarts = [],
            LeaderStarts = [],
            ScreeningTolerance = 1,
        };

        ModelSelectionResult result = search.Fit(x);

        result.Candidates[1].Failure.Should().Contain("singular").And.Contain("Reduce the number of components");
        result.Candidates[1].Model.Should().BeNull();
        double.IsNaN(result.Candidates[1].Value).Should().BeTrue();
        result.Best.Components.Should().Be(1);
    }

    /// <summary>What a criterion is given fits to the end, and knows nothing of screening: it may be used for anything.</summary>
    [Fact]
    public void Estimator_OfACriterion_IsTheSearchs()
    {
        ConcurrentBag<GaussianMixture> given = [];
        ModelSelection search = new() { Components = [1, 2], CovarianceTypes = [CovarianceType.VVV, CovarianceType.EEE], Criterion = new Asked(given.Add) };

        search.Fit(ReferenceData.Faithful);

        foreach (GaussianMixture estimator in given)
        {
            estimator.Should().Be(search.Estimator with
            {
                Components = estimator.Components,
                CovarianceType = estimator.CovarianceType,
                Initialization = estimator.Initialization,
                MaxDegreeOfParallelism = estimator.MaxDegreeOfParallelism,
            });
            (search with { Estimator = estimator, Criterion = Criterion.Bic }).Fit(ReferenceData.Faithful).BestCandidate.IsFinished.Should().BeTrue();
        }
    }

    /// <summary>Judged when it was screened, and when it was finished: no oftener, whatever the criterion says the second time.</summary>
    [Fact]
    public void Leader_WhoseSecondJudgementFails_KeepsTheFirst()
    {
        ConcurrentBag<int> asked = [];
        Asked once = new(estimator =>
        {
            asked.Add(estimator.Components);
            if (asked.Count(components => components == estimator.Components) > 1)
                throw new InvalidOperationException("not again");
        });

        ModelSelectionResult result = new ModelSelection { Components = [1, 2, 3], CovarianceTypes = [CovarianceType.VVV], Criterion = once, LeaderStarts = [] }
            .Fit(ReferenceData.Iris);

        result.BestCandidate.Failure.Should().BeNull();
        result.BestCandidate.IsFinished.Should().BeTrue();
        result.BestCandidate.Value.Should().Be(result.BestCandidate.Bic);
        asked.GroupBy(components => components).Should().OnlyContain(each => each.Count() <= 2);
    }

    /// <summary>The same, but from every other row it does not collapse, though it leads to less while both are screened.</summary>
    [Fact]
    public void Leader_ThatFailsOnItsWay_IsFittedFromTheLeadersStartsToo()
    {
        double[] values = [.. Enumerable.Repeat(5.0, 9), .. Enumerable.Range(0, 40).Select(i => 0.1 * i * i)];
        double[][] x = [.. values.Select(value => new[] { value })];
        Initialization labels = new Labels([.. values.Select((value, row) => value == 5 || row is > 13 and < 18 ? 1 : 0)]);
        Initialization everyOther = new Labels([.. values.Select((_, row) => row % 2)]);
        ModelSelection search = new()
        {
            Components = [1, 2],
            CovarianceTypes = [CovarianceType.VVV],
            Estimator = new GaussianMixture(1) { Initialization = labels, VarianceFloor = 0 },
            FurtherStarts = [],
            LeaderStarts = [everyOther],
            ScreeningTolerance = 1,
        };
        GaussianMixture two = search.Estimator with { Components = 2 };
        FluentActions.Invoking(() => two.Fit(x)).Should().Throw<DegenerateCovarianceException>("that is the trap");
        GaussianMixtureModel expected = (two with { Initialization = everyOther }).Fit(x);
        GaussianMixture screened = two with { Tolerance = 1 };
        screened.Fit(x).LogLikelihood(x).Should().BeGreaterThan((screened with { Initialization = everyOther }).Fit(x).LogLikelihood(x), "or that leads anyhow");

        ModelSelectionResult result = search.Fit(x);

        result.Candidates[1].Model!.ShouldHaveTheBitsOf(expected, x);
    }

    [Fact]
    public void Leader_OfAStartWithAnOrder_KeepsIt()
    {
        double[,] x = ReferenceData.Iris;
        int[] labels = [.. Enumerable.Range(0, 150).Select(row => row < 20 ? 0 : row < 90 ? 1 : 2)];
        GaussianMixture estimator = new(3) { CovarianceType = CovarianceType.VVI, Initialization = Initialization.FromLabels(labels) };
        GaussianMixtureModel alone = estimator.Fit(x);
        alone.Weights.Should().NotBeInDescendingOrder("or this test shows nothing");

        Candidate leader = new ModelSelection
        {
            Components = [3],
            CovarianceTypes = [CovarianceType.VVI, CovarianceType.EII],
            Estimator = estimator,
            FurtherStarts = [],
            LeaderStarts = [],
        }.Fit(x).BestCandidate;

        leader.Model!.ShouldEqual(alone, 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(25)]
    public void Leaders_TakeNoMoreIterationsThanAreAllowed(int most)
    {
        ModelSelection search = new() { Components = [1, 2, 3], CovarianceTypes = [CovarianceType.VVV, CovarianceType.VEI], LeaderStarts = [] };

        ModelSelectionResult result = (search with { Estimator = search.Estimator with { MaxIterations = most, Tolerance = 0 } }).Fit(ReferenceData.Iris);

        result.Candidates.Should().OnlyContain(candidate => candidate.Model!.Report!.Iterations <= most);
        result.BestCandidate.Model!.Report!.Iterations.Should().Be(most);
        result.BestCandidate.Model.Report.StopReason.Should().Be(StopReason.IterationLimit);
        result.BestCandidate.IsFinished.Should().BeTrue();
    }

    /// <summary>Held at the floor, a model that goes on begins a rounding lower than it ended.</summary>
    [Fact]
    public void Traces_OfLeadersAtTheFloor_DoNotFall()
    {
        double[][] x = [.. Enumerable.Repeat(new double[] { 5 }, 6)];

        ModelSelection search = new()
        {
            Components = [1],
            CovarianceTypes = [CovarianceType.VVE, CovarianceType.VEV, CovarianceType.VVV, CovarianceType.EII],
        };
        IReadOnlyList<Candidate> thorough = (search with { ScreeningTolerance = 0 }).Fit(x).Candidates;

        foreach ((Candidate candidate, Candidate other) in search.Fit(x).Candidates.Zip(thorough))
        {
            candidate.LogLikelihood.Should().BeGreaterThanOrEqualTo(other.LogLikelihood - 2e-9);
            FitReport report = candidate.Model!.Report!;
            report.LogLikelihoodTrace.Should().BeInAscendingOrder().And.HaveCount(report.Iterations);
            candidate.LogLikelihood.Should().BeGreaterThanOrEqualTo(report.LogLikelihoodTrace[^1] - 1e-12);
        }
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ScreeningTolerance_ThatIsNone_IsRefused(double value) =>
        ((Action)(() => _ = new ModelSelection { ScreeningTolerance = value })).ShouldRefuse<ArgumentOutOfRangeException>("ScreeningTolerance");

    /// <summary>These labels where two components are wanted, and one label elsewhere; remembers for how many it was asked.</summary>
    private sealed class Labels(int[] labels) : Initialization
    {
        public ConcurrentBag<int> Asked { get; } = [];

        public override bool IsRandom => false;

        protected internal override MixtureStart CreateStart(InitializationContext context)
        {
            Asked.Add(context.Components);
            return MixtureStart.FromLabels(context.Components == 2 ? labels : new int[labels.Length]);
        }
    }

    /// <summary>BIC, after something else.</summary>
    private sealed class Asked(Action<GaussianMixture> ask) : Criterion
    {
        public override string Name => "BIC";

        protected internal override double Evaluate(CriterionContext context)
        {
            ask(context.Estimator);
            return (-2 * context.LogLikelihood) + (context.Model.ParameterCount * Math.Log(context.Size));
        }
    }
}
