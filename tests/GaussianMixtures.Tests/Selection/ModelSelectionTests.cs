using System.Text.Json;
using FluentAssertions;
using GaussianMixtures.Initializations;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>A search is its candidates' fits, each as it would be alone, and an honest comparison of them.</summary>
public class ModelSelectionTests
{
    /// <summary>One chunk, and several: candidates side by side, with and without threads for each.</summary>
    public static TheoryData<string> Data => ["iris", "clouds"];

    [Theory]
    [MemberData(nameof(Data))]
    public void Candidates_HaveTheBitsOfLoneFits(string name)
    {
        double[,] x = DataOf(name);
        GaussianMixture estimator = new(1) { Restarts = 3, Seed = 4, MaxIterations = 30 };

        ModelSelectionResult result = new ModelSelection
        {
            Components = [1, 3, 4],
            CovarianceTypes = Unrelated,
            Estimator = estimator,
            ScreeningTolerance = 0,
            FurtherStarts = [],
        }.Fit(x);

        result.Candidates.Should().HaveCount(3 * Unrelated.Length);
        foreach (Candidate candidate in result.Candidates)
        {
            candidate.Model!.ShouldHaveTheBitsOf(Alone(candidate, estimator, x), x, $"{candidate.CovarianceType} with {candidate.Components}");
            candidate.Model!.Report!.Restarts.Should().Be(3);
        }
    }

    [Fact]
    public void Candidates_OfEveryStart_HaveTheBitsOfLoneFits()
    {
        double[,] x = ReferenceData.Thyroid;
        Initialization[] starts =
            [Initialization.KMeansPlusPlus, Initialization.RandomPoints, Initialization.RandomResponsibilities];
        foreach (Initialization start in starts)
        {
            GaussianMixture estimator = new(1) { Initialization = start, Restarts = 2, MaxIterations = 10 };
            foreach (CovarianceType type in CovarianceType.All)
            {
                ModelSelection search = new()
                {
                    Components = [2, 3],
                    CovarianceTypes = [type],
                    Estimator = estimator,
                    ScreeningTolerance = 0,
                    FurtherStarts = [],
                    LeaderStarts = [],
                };
                foreach (Candidate candidate in search.Fit(x).Candidates)
                    candidate.Model!.ShouldHaveTheBitsOf(Alone(candidate, estimator, x), x);
            }
        }
    }

    [Fact]
    public void Candidates_WithFurtherStarts_AreTheHighestSoundLoneFits()
    {
        double[,] x = ReferenceData.Iris;
        GaussianMixture estimator = new(1) { Initialization = Initialization.RandomPoints, Seed = 3, MaxIterations = 40 };
        Initialization[] starts = [Initialization.RandomPoints, Initialization.Hierarchical, Initialization.KMeans];
        HashSet<Initialization> winners = [];
        foreach (CovarianceType type in CovarianceType.All)
        {
            ModelSelection search = new() { Components = [2, 3, 6], CovarianceTypes = [type], Estimator = estimator, ScreeningTolerance = 0, FurtherStarts = starts[1..] };
            foreach (Candidate candidate in search.Fit(x).Candidates)
            {
                (Initialization Start, GaussianMixtureModel Model)[] alone =
                    [.. starts.Select(start => (start, Alone(candidate, estimator with { Initialization = start }, x)))];
                (Initialization Start, GaussianMixtureModel Model) best = alone.OrderBy(fit => fit.Model.Report!.Diagnostics.Count > 0)
                    .ThenByDescending(fit => fit.Model.Report!.LogLikelihood).First();
                candidate.Model!.ShouldHaveTheBitsOf(best.Model, x, $"{candidate.CovarianceType} with {candidate.Components}");
                winners.Add(best.Start);
            }
        }

        winners.Should().BeEquivalentTo(starts, "each of them is the best somewhere, or this test shows little");
    }

    [Theory]
    [MemberData(nameof(Data))]
    public void Fit_WithOtherThreadCounts_HasTheSameBits(string name)
    {
        double[,] x = DataOf(name);
        ModelSelection search = new()
        {
            Components = [1, 2, 3],
            Criterion = Criterion.CrossValidation(3),
            Estimator = new GaussianMixture(1) { Restarts = 2, MaxIterations = 20, MaxDegreeOfParallelism = 1 },
        };

        ModelSelectionResult one = search.Fit(x);
        foreach (int? threads in new int?[] { 2, 3, 40, null })
        {
            ModelSelectionResult many = (search with { Estimator = search.Estimator with { MaxDegreeOfParallelism = threads } }).Fit(x);

            ModelAssertions.Bits(many.Candidates.Select(c => c.Value)).Should().Equal(ModelAssertions.Bits(one.Candidates.Select(c => c.Value)));
            ModelAssertions.Bits(many.Candidates.Select(c => c.Icl)).Should().Equal(ModelAssertions.Bits(one.Candidates.Select(c => c.Icl)));
            many.Best.ShouldHaveTheBitsOf(one.Best, x);
            many.ToString().Should().Be(one.ToString());
        }
    }

    /// <summary>Enough rows for fits that share the threads two by two.</summary>
    [Fact]
    public void Fit_OfManyRows_HasTheSameBitsForEveryThreadCount()
    {
        double[,] x = SyntheticData.Clouds(140_000, 2, 2, seed: 3);
        FitData.Of(x, null, 1, default).ShareOut(6, 4).Should().Be((2, 2), "or this test shows nothing");
        ModelSelection search = new()
        {
            Components = [1, 2, 3],
            CovarianceTypes = [CovarianceType.EII, CovarianceType.VVV],
            Estimator = new GaussianMixture(1) { MaxIterations = 4 },
        };

        ModelSelectionResult[] results = [.. new int?[] { 1, 2, 4, 5, null }
            .Select(threads => (search with { Estimator = search.Estimator with { MaxDegreeOfParallelism = threads } }).Fit(x))];

        foreach (ModelSelectionResult result in results[1..])
        {
            foreach ((Candidate one, Candidate other) in results[0].Candidates.Zip(result.Candidates))
                other.Model!.ShouldHaveTheBitsOf(one.Model!, x);
        }
    }

    [Fact]
    public void Candidate_Criteria_AreThoseOfItsModel()
    {
        double[,] x = ReferenceData.Iris;
        Vector<double> weights = SyntheticData.Multiplicities(150, seed: 2);

        foreach (Candidate candidate in new ModelSelection { Components = [1, 2], Criterion = Criterion.Icl }.Fit(x, weights).Candidates)
        {
            GaussianMixtureModel model = candidate.Model!;
            model.Components.Should().Be(candidate.Components);
            model.CovarianceType.Should().BeSameAs(candidate.CovarianceType);
            candidate.ParameterCount.Should().Be(model.ParameterCount);
            candidate.LogLikelihood.Should().Be(model.Report!.LogLikelihood);
            ShouldBe(candidate.LogLikelihood, model.LogLikelihood(x, weights));
            ShouldBe(candidate.Bic, model.Bic(x, weights));
            ShouldBe(candidate.Aic, model.Aic(x, weights));
            ShouldBe(candidate.Aicc, model.Aicc(x, weights));
            ShouldBe(candidate.Icl, model.Icl(x, weights));
            candidate.Value.Should().Be(candidate.Icl);
            candidate.Failure.Should().BeNull();
        }
    }

    [Fact]
    public void Candidate_Value_IsTheCriterions()
    {
        (Criterion Criterion, Func<Candidate, double> Value)[] pairs =
        [
            (Criterion.Bic, c => c.Bic), (Criterion.Aic, c => c.Aic), (Criterion.Aicc, c => c.Aicc), (Criterion.Icl, c => c.Icl),
        ];
        foreach ((Criterion criterion, Func<Candidate, double> value) in pairs)
        {
            ModelSelectionResult result = new ModelSelection { Components = [1, 2], Criterion = criterion }.Fit(ReferenceData.Faithful);

            result.Criterion.Should().BeSameAs(criterion);
            result.Candidates.Should().OnlyContain(candidate => candidate.Value == value(candidate));
            result.BestCandidate.Value.Should().Be(result.Candidates.Min(value));
        }
    }

    [Fact]
    public void Fit_Weighted_EqualsTheCopies()
    {
        double[,] x = ReferenceData.Faithful;
        Vector<double> weights = SyntheticData.Multiplicities(x.GetLength(0), seed: 9);
        double[,] copies = SyntheticData.Take(x, [.. weights.SelectMany((count, row) => Enumerable.Repeat(row, (int)count))]);
        ModelSelection search = new() { Components = [1, 2, 3], Estimator = new GaussianMixture(1) { Tolerance = 1e-9 } };

        ModelSelectionResult weighted = search.Fit(x, weights);
        ModelSelectionResult copied = search.Fit(copies);

        for (int at = 0; at < weighted.Candidates.Count; at++)
            ModelAssertions.Close(weighted.Candidates[at].Value, copied.Candidates[at].Value, copied.Candidates[at].Value, 1e-8, "BIC");
        weighted.Best.ShouldEqual(copied.Best, 1e-4);
    }

    [Fact]
    public void Best_OfFaithful_IsMclusts()
    {
        // mclust 6.0.0 among these types: EEE with three components, BIC 2314.316 (its sign turned).
        ModelSelectionResult result = new ModelSelection
        {
            CovarianceTypes = [CovarianceType.Spherical, CovarianceType.Tied, CovarianceType.Diagonal, CovarianceType.Full],
            Estimator = new GaussianMixture(1) { Restarts = 3 },
        }.Fit(ReferenceData.Faithful);

        result.Best.CovarianceType.Should().BeSameAs(CovarianceType.Tied);
        result.Best.Components.Should().Be(3);
        result.BestCandidate.Value.Should().BeLessThan(2314.317);
    }

    [Fact]
    public void Search_AgainstMclusts_IsAsHighAndChoosesTheSame()
    {
        int compared = 0, asHigh = 0;
        foreach ((string name, double[,] x) in new[] { ("faithful", ReferenceData.Faithful), ("iris", ReferenceData.Iris), ("thyroid", ReferenceData.Thyroid) })
        {
            JsonElement mclust = ReferenceData.MclustSelection.GetProperty(name).GetProperty("tight");

            ModelSelectionResult result = new ModelSelection { Components = Enumerable.Range(1, 6) }.Fit(x);

            foreach (Candidate candidate in result.Candidates)
            {
                candidate.Failure.Should().BeNull("there is a model also where mclust has none");
                JsonElement cell = mclust.GetProperty("loglik").GetProperty(candidate.CovarianceType.Name)
                    .GetProperty($"{candidate.Components}");
                if (cell.ValueKind == JsonValueKind.Number)
                {
                    compared++;
                    asHigh += candidate.LogLikelihood >= cell.GetDouble() - (1e-3 * Math.Abs(cell.GetDouble())) ? 1 : 0;
                }
            }

            JsonElement best = mclust.GetProperty("best");
            result.Best.CovarianceType.Name.Should().Be(best.GetProperty("model").GetString());
            result.Best.Components.Should().Be(best.GetProperty("G").GetInt32());
            result.BestCandidate.Bic.Should().BeLessThan(-best.GetProperty("bic").GetDouble() + 0.1);
        }

        compared.Should().Be(248);
        ((double)asHigh / compared).Should().BeGreaterThanOrEqualTo(0.95); // measured: 244 of 248
    }

    [Fact]
    public void Best_AmongCandidatesThatCoincide_IsTheFirst()
    {
        // With one component, full and tied covariances are one model, but for rounding.
        Best(Criterion.Bic, CovarianceType.Tied, CovarianceType.Full).CovarianceType.Should().BeSameAs(CovarianceType.Tied);
        Best(Criterion.Bic, CovarianceType.Full, CovarianceType.Tied).CovarianceType.Should().BeSameAs(CovarianceType.Full);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-7.5)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Best_AmongEqualValues_HasTheFewestParameters(double value) =>
        Best(new Always(value), CovarianceType.Full, CovarianceType.Spherical, CovarianceType.Diagonal)
            .CovarianceType.Should().BeSameAs(CovarianceType.Spherical);

    [Fact]
    public void Best_IsNoDegenerateFit_WhereThereAreOthers()
    {
        // Nine rows of one value: a component of its own has the floor for variance, and the likelihood of it.
        double[] values = [.. Enumerable.Repeat(5.0, 9), .. Enumerable.Range(0, 40).Select(i => 0.1 * i * i)];
        double[][] x = [.. values.Select(value => new[] { value })];
        int[] labels = [.. values.Select(value => value == 5 ? 1 : 0)];
        ModelSelection search = new()
        {
            Components = [1, 2],
            CovarianceTypes = [CovarianceType.Full],
        };
        ModelSelectionResult sound = (search with { Components = [1] }).Fit(x);

        ModelSelectionResult result = (search with
        {
            Estimator = new GaussianMixture(1) { Initialization = new FromRows { Labels = labels } },
            FurtherStarts = [],
        }).Fit(x);

        result.Candidates[1].IsDegenerate.Should().BeTrue();
        result.Candidates[1].Value.Should().BeLessThan(result.Candidates[0].Value, "that is the trap");
        result.Candidates[0].IsDegenerate.Should().BeFalse();
        result.Best.Components.Should().Be(1);
        result.BestCandidate.Value.Should().BeApproximately(sound.BestCandidate.Value, 1e-9);
    }

    [Fact]
    public void Best_WhereAllAreDegenerate_IsTheLowest()
    {
        double[][] x = [.. Enumerable.Range(0, 30).Select(i => new double[] { i, 7 })];

        ModelSelectionResult result = new ModelSelection { Components = [1, 2], CovarianceTypes = [CovarianceType.Full] }.Fit(x);

        result.Candidates.Should().OnlyContain(candidate => candidate.IsDegenerate);
        result.BestCandidate.Value.Should().Be(result.Candidates.Min(candidate => candidate.Value));
    }

    /// <summary>Types of which none contains another.</summary>
    private static CovarianceType[] Unrelated => [CovarianceType.VVI, CovarianceType.EVE, CovarianceType.VEE, CovarianceType.EEV];

    private static GaussianMixtureModel Alone(Candidate candidate, GaussianMixture estimator, double[,] x) =>
        (estimator with { Components = candidate.Components, CovarianceType = candidate.CovarianceType }).Fit(x);

    private static double[,] DataOf(string name) =>
        name == "iris" ? ReferenceData.Iris : SyntheticData.CorrelatedClouds(6_000, 3, 4, seed: 63, separation: 2);

    private static GaussianMixtureModel Best(Criterion criterion, params CovarianceType[] types) =>
        new ModelSelection { Components = [1], CovarianceTypes = types, Criterion = criterion }.Fit(ReferenceData.Faithful).Best;

    private static void ShouldBe(double actual, double expected) => ModelAssertions.Close(actual, expected, expected, 1e-12, "criterion");

    /// <summary>The same value for everything.</summary>
    private sealed class Always(double value) : Criterion
    {
        public override string Name => "Always";

        protected internal override double Evaluate(CriterionContext context) => value;
    }

    /// <summary>These labels where two components are wanted, and one label elsewhere.</summary>
    private sealed class FromRows : Initialization
    {
        public override bool IsRandom => false;

        public required int[] Labels { get; init; }

        protected internal override MixtureStart CreateStart(InitializationContext context) =>
            MixtureStart.FromLabels(context.Components == 2 ? Labels : new int[Labels.Length]);
    }
}
