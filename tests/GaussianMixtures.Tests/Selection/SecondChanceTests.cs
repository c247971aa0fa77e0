using System.Collections.Concurrent;
using FluentAssertions;
using GaussianMixtures.Selection;

namespace GaussianMixtures.Tests;

/// <summary>What a search does for candidates after their own starts: the leaders are looked at again, and no family stays below one it contains.</summary>
public class SecondChanceTests
{
    private static readonly IReadOnlyList<double[,]> Sets = [ReferenceData.Faithful, ReferenceData.Iris, ReferenceData.Thyroid];

    [Fact]
    public void Families_AreNeverBelowThoseTheyContain()
    {
        int mended = 0;
        foreach (double[,] x in Sets)
        {
            ModelSelection search = new() { Components = Enumerable.Range(1, 6), ScreeningTolerance = 0, LeaderStarts = [] };
            IReadOnlyList<Candidate> candidates = search.Fit(x).Candidates;
            double slack = 1.0001 * search.Estimator.Tolerance * x.GetLength(0);

            foreach (Candidate candidate in candidates)
            {
                GaussianMixtureModel alone =
                    (search.Estimator with { Components = candidate.Components, CovarianceType = candidate.CovarianceType }).Fit(x);
                string who = $"{candidate.CovarianceType} with {candidate.Components}";
                double within = Within(candidate, candidates).Select(other => other.LogLikelihood).DefaultIfEmpty(double.NegativeInfinity).Max();
                if (candidate.LogLikelihood == alone.Report!.LogLikelihood)
                {
                    candidate.Model!.ShouldHaveTheBitsOf(alone, x, who);
                }
                else
                {
                    within.Should().BeGreaterThan(alone.Report.LogLikelihood, $"{who} was given another start");
                    (candidate.LogLikelihood > alone.Report.LogLikelihood || candidate.IsDegenerate != alone.Report.Diagnostics.Count > 0).Should().BeTrue();
                    candidate.Model!.Weights.Should().BeInDescendingOrder();
                    mended++;
                }

                if (!candidate.IsDegenerate)
                    candidate.LogLikelihood.Should().BeGreaterThanOrEqualTo(within - slack, who);
            }
        }

        mended.Should().BeGreaterThan(10, "the tree alone misses some");
    }

    /// <summary>Never worse than without; after screening, two ways to one maximum may stop a tolerance of the estimator's apart.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-5, 272e-6)]
    public void Leaders_AreTheTenthWithTheLowestValues(double screeningTolerance, double apart)
    {
        Recording recorded = new(Initialization.RandomPoints);
        ModelSelection search = new() { Components = Enumerable.Range(1, 11), CovarianceTypes = [CovarianceType.VEI, CovarianceType.EEV], ScreeningTolerance = screeningTolerance };
        IReadOnlyList<Candidate> before = (search with { LeaderStarts = [] }).Fit(ReferenceData.Faithful).Candidates;

        IReadOnlyList<Candidate> after = (search with { LeaderStarts = [recorded] }).Fit(ReferenceData.Faithful).Candidates;

        // 22 candidates: three of them.
        (int, CovarianceType)[] leaders = [.. before.OrderBy(c => c.IsDegenerate).ThenBy(c => c.Bic).Take(3).Select(c => (c.Components, c.CovarianceType))];
        recorded.Asked.Should().BeEquivalentTo(leaders);
        foreach ((Candidate one, Candidate other) in before.Zip(after))
        {
            if (leaders.Contains((one.Components, one.CovarianceType)))
                other.LogLikelihood.Should().BeGreaterThanOrEqualTo(one.LogLikelihood - apart);
            else
                other.Model!.ShouldHaveTheBitsOf(one.Model!, ReferenceData.Faithful);
        }
    }

    /// <summary>In one column the fourteen families are two, seven times each: they must not fill the places among the leaders.</summary>
    [Fact]
    public void Leaders_ThatTie_CountAsOne()
    {
        double[][] eruptions = [.. Enumerable.Range(0, 272).Select(row => new[] { ReferenceData.Faithful[row, 0] })];
        Recording recorded = new(Initialization.KMeans);
        ModelSelection search = new() { Components = [1, 2, 3], LeaderStarts = [recorded] };

        search.Fit(eruptions);

        // 42 candidates: five values. Two components of one variance, and of two; three; and so on.
        recorded.Asked.Should().HaveCountGreaterThan(20);
        recorded.Asked.Select(asked => asked.Components).Distinct().Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void Leaders_KeepTheHigherFit()
    {
        ModelSelection search = new() { Components = [3], CovarianceTypes = [CovarianceType.VVE] };
        foreach (double[,] x in Sets)
        {
            GaussianMixture alone = search.Estimator with { Components = 3, CovarianceType = CovarianceType.VVE };
            double tree = alone.Fit(x).Report!.LogLikelihood;
            double kMeans = (alone with { Initialization = Initialization.KMeans }).Fit(x).Report!.LogLikelihood;

            search.Fit(x).BestCandidate.LogLikelihood.Should().Be(Math.Max(tree, kMeans));
        }
    }

    [Fact]
    public void Candidates_ThatCouldNotBeFitted_AreTriedFromTheLeadersStarts()
    {
        ModelSelection search = new()
        {
            Components = [1, 2, 3],
            CovarianceTypes = [CovarianceType.VVV],
            Estimator = new GaussianMixture(1) { Initialization = new Refusing() },
            FurtherStarts = [],
        };

        search.Fit(ReferenceData.Faithful).Candidates.Should().OnlyContain(candidate => candidate.Failure == null);
        ((Action)(() => (search with { LeaderStarts = [] }).Fit(ReferenceData.Faithful)))
            .Should().Throw<InvalidOperationException>().WithMessage("*no start*");
    }

    [Fact]
    public void LeaderStart_TriedBefore_IsNotTriedAgain()
    {
        Recording recorded = new(Initialization.KMeans);
        ModelSelection search = new()
        {
            Components = [2],
            CovarianceTypes = [CovarianceType.VVV],
            Estimator = new GaussianMixture(1) { Initialization = recorded },
            LeaderStarts = [recorded],
        };

        search.Fit(ReferenceData.Faithful);

        recorded.Asked.Should().HaveCount(1);
    }

    /// <summary>A model found among all rows must not be where fits to some of them begin: it has seen the others.</summary>
    [Fact]
    public void Criterion_IsGivenAStartThatKnowsNoRows()
    {
        ConcurrentBag<Initialization> starts = [];
        ModelSelection search = new() { Components = Enumerable.Range(1, 6), Criterion = new Asking(context => starts.Add(context.Estimator.Initialization)) };

        search.Fit(ReferenceData.Faithful);

        starts.Count.Should().BeGreaterThan(6 * CovarianceType.All.Count, "families went on from others");
        starts.Distinct().Should().BeSubsetOf([Initialization.Hierarchical, Initialization.KMeans]);
    }

    /// <summary>Nested fits share the threads: the criterion's too.</summary>
    [Fact]
    public void Criterion_IsGivenTheThreadsThatAreLeft()
    {
        ConcurrentBag<int?> degrees = [];
        ModelSelection search = new() { Components = Enumerable.Range(1, 4), Criterion = new Asking(context => degrees.Add(context.Estimator.MaxDegreeOfParallelism)) };

        (search with { Estimator = search.Estimator with { MaxDegreeOfParallelism = 8 }, ScreeningTolerance = 0, LeaderStarts = [], CovarianceTypes = [CovarianceType.EII, CovarianceType.EEI] })
            .Fit(ReferenceData.Faithful);

        degrees.Should().OnlyContain(degree => degree == 1, "eight candidates run side by side on eight threads");
    }

    /// <summary>Modes are no maxima of the likelihood, and a larger family's may well be less likely.</summary>
    [Fact]
    public void Candidates_WithAPriorOrARidge_AreTheBestLoneFits()
    {
        foreach (GaussianMixture estimator in new[] { new(1) { Prior = Prior.Conjugate() }, new GaussianMixture(1) { Ridge = 0.1 } })
        {
            int less = 0;
            foreach (double[,] x in Sets)
            {
                GaussianMixture fromTree = estimator with { Initialization = Initialization.Hierarchical };
                ModelSelection search = new()
                {
                    Components = [3, 6, 7, 8, 9],
                    CovarianceTypes = BayesianCases.WithModes,
                    Estimator = fromTree,
                    ScreeningTolerance = 0,
                    LeaderStarts = [],
                };

                IReadOnlyList<Candidate> candidates = search.Fit(x).Candidates;
                foreach (Candidate candidate in candidates)
                {
                    candidate.Model!.ShouldHaveTheBitsOf(
                        (fromTree with { Components = candidate.Components, CovarianceType = candidate.CovarianceType }).Fit(x), x);
                    less += Within(candidate, candidates).Any(other => other.LogLikelihood > candidate.LogLikelihood + 0.01) ? 1 : 0;
                }
            }

            less.Should().BeGreaterThan(0, $"or there was nothing to leave alone, with a ridge of {estimator.Ridge}");
        }
    }

    /// <summary>With a prior the higher posterior wins, not the higher likelihood.</summary>
    [Fact]
    public void Starts_WithAPrior_AreComparedByWhatIsMaximised()
    {
        Initialization[] starts = [Initialization.Hierarchical, Initialization.KMeans];
        int differing = 0;
        foreach (double[,] x in Sets)
        {
            foreach (CovarianceType type in BayesianCases.WithModes)
            {
                foreach (int k in new[] { 3, 5, 6 })
                {
                    GaussianMixture estimator = new(k) { CovarianceType = type, Prior = Prior.Conjugate(1) };
                    FitReport[] alone = [.. starts.Select(start => (estimator with { Initialization = start }).Fit(x).Report!)];
                    double higher = alone.Max(report => report.LogLikelihoodTrace[^1]);
                    FitReport likelier = alone.MaxBy(report => report.LogLikelihood)!;
                    if (alone.Any(report => report.Diagnostics.Count > 0))
                        continue;
                    differing += likelier.LogLikelihoodTrace[^1] < higher - 0.01 ? 1 : 0;

                    ModelSelection search = new()
                    {
                        Components = [k],
                        CovarianceTypes = [type],
                        Estimator = estimator with { Initialization = starts[0] },
                        FurtherStarts = starts[1..],
                    };
                    search.Fit(x).Best.Report!.LogLikelihoodTrace[^1].Should().BeGreaterThan(higher - 0.01, $"{type} with {k}");
                }
            }
        }

        differing.Should().BeGreaterThan(0, "or this test shows nothing");
    }

    [Fact]
    public void Candidate_JudgedOnce_StaysWhereALaterJudgementFails()
    {
        ConcurrentDictionary<(int, CovarianceType), bool> seen = [];
        int judgedAgain = 0;
        Asking once = new(context =>
        {
            if (!seen.TryAdd((context.Model.Components, context.Model.CovarianceType), true))
            {
                Interlocked.Increment(ref judgedAgain);
                throw new InvalidOperationException("not again");
            }
        });

        ModelSelectionResult result = new ModelSelection { Components = Enumerable.Range(1, 6), Criterion = once }.Fit(ReferenceData.Faithful);

        result.Candidates.Should().OnlyContain(candidate => candidate.Failure == null && candidate.Value == candidate.Bic);
        judgedAgain.Should().BeGreaterThan(5);
    }

    /// <summary>One component: what the fourteen families differ by is rounding, and what is left to gain.</summary>
    [Fact]
    public void Families_ThatCoincide_AreFittedOnce()
    {
        ProgressLog progress = new();

        new ModelSelection { Components = [1], ScreeningTolerance = 0, LeaderStarts = [] }.Fit(ReferenceData.Iris, progress: progress);

        progress.Entries.Count(entry => entry.Iteration == 1).Should().Be(CovarianceType.All.Count);
    }

    [Fact]
    public void Containment_FollowsFromWhatIsContained()
    {
        Outer narrow = new("narrow"), middle = new("middle", narrow), wide = new("wide", middle), twin = new("twin", wide);
        wide.Also = twin;
        Containment containment = new([twin, wide, middle, narrow, CovarianceType.EII]);

        containment.IsWithin(narrow, wide).Should().BeTrue("it is within what is within");
        containment.IsWithin(narrow, twin).Should().BeTrue();
        containment.IsWithin(wide, middle).Should().BeFalse();
        containment.IsWithin(CovarianceType.EII, wide).Should().BeFalse();
        new[] { narrow, middle, wide, twin }.Select(containment.Width).Should().Equal(1, 2, 4, 4);
    }

    private static IEnumerable<Candidate> Within(Candidate candidate, IEnumerable<Candidate> candidates) => candidates.Where(other =>
        other.Components == candidate.Components && !other.IsDegenerate && candidate.CovarianceType.Contains(other.CovarianceType));

    /// <summary>Starts as another does, and remembers for whom.</summary>
    private sealed class Recording(Initialization other) : Initialization
    {
        public ConcurrentBag<(int Components, CovarianceType Type)> Asked { get; } = [];

        public override bool IsRandom => other.IsRandom;

        protected internal override MixtureStart CreateStart(InitializationContext context)
        {
            Asked.Add((context.Components, context.CovarianceType));
            return other.CreateStart(context);
        }
    }

    private sealed class Refusing : Initialization
    {
        protected internal override MixtureStart CreateStart(InitializationContext context) => throw new NotSupportedException("no start");
    }

    /// <summary>BIC, after something else.</summary>
    private sealed class Asking(Action<CriterionContext> ask) : Criterion
    {
        public override string Name => "BIC";

        protected internal override double Evaluate(CriterionContext context)
        {
            ask(context);
            return (-2 * context.LogLikelihood) + (context.Model.ParameterCount * Math.Log(context.Size));
        }
    }

    /// <summary>Says that it contains one or two others.</summary>
    private sealed class Outer(string name, CovarianceType? inner = null) : CovarianceType
    {
        public CovarianceType? Also { get; set; }

        public override string Name => name;

        public override ScatterShape ScatterShape => ScatterShape.Full;

        public override bool Contains(CovarianceType other) => other == inner || other == Also;

        public override int CovarianceParameterCount(int components, int dimension) => 1;

        public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters) => throw new NotSupportedException();
    }
}
