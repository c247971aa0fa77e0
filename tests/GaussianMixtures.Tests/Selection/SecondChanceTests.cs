using System.Collections.Concurrent;
using FluentAssertions;

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
            ModelSelection search = new() { Components = Enumerable.Range(1, 6), LeaderStarts = [] };
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

    [Fact]
    public void Leaders_AreTheTenthWithTheLowestValues()
    {
        Recording recorded = new(Initialization.RandomPoints);
        ModelSelection search = new() { Components = Enumerable.Range(1, 11), CovarianceTypes = [CovarianceType.VEI, CovarianceType.EEV] };
        IReadOnlyList<Candidate> before = (search with { LeaderStarts = [] }).Fit(ReferenceData.Faithful).Candidates;

        IReadOnlyList<Candidate> after = (search with { LeaderStarts = [recorded] }).Fit(ReferenceData.Faithful).Candidates;

        // 22 candidates: three of them.
        (int, CovarianceType)[] leaders = [.. before.OrderBy(c => c.IsDegenerate).ThenBy(c => c.Bic).Take(3).Select(c => (c.Components, c.CovarianceType))];
        recorded.Asked.Should().BeEquivalentTo(leaders);
        foreach ((Candidate one, Candidate other) in before.Zip(after))
        {
            if (leaders.Contains((one.Components, one.CovarianceType)))
                other.LogLikelihood.Should().BeGreaterThanOrEqualTo(one.LogLikelihood);
            else
                other.Model!.ShouldHaveTheBitsOf(one.Model!, ReferenceData.Faithful);
        }
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
        ModelSelection search = new() { Components = Enumerable.Range(1, 6), Criterion = new Listening(starts) };

        search.Fit(ReferenceData.Faithful);

        starts.Count.Should().BeGreaterThan(6 * CovarianceType.All.Count, "families went on from others");
        starts.Distinct().Should().BeSubsetOf([Initialization.Hierarchical, Initialization.KMeans]);
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

    /// <summary>BIC, and a list of what fitted the candidates.</summary>
    private sealed class Listening(ConcurrentBag<Initialization> starts) : Criterion
    {
        public override string Name => "BIC";

        protected internal override double Evaluate(CriterionContext context)
        {
            starts.Add(context.Estimator.Initialization);
            return (-2 * context.LogLikelihood) + (context.Model.ParameterCount * Math.Log(context.Size));
        }
    }
}
