using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GaussianMixtures.PublicApi.Tests;

/// <summary>What someone outside the assembly can add: a covariance family, a starting strategy and a criterion, on the whole engine.</summary>
public class StrangerTests
{
    /// <summary>One diagonal covariance for all components (mclust's EEI): W summed over the components, its diagonal / n.</summary>
    private sealed class TiedDiagonal : CovarianceType
    {
        public override string Name => "TiedDiagonal";

        public override ScatterShape ScatterShape => ScatterShape.Diagonal;

        public override int CovarianceParameterCount(int components, int dimension) => dimension;

        public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters)
        {
            double[] variances = new double[scatters.Dimension];
            for (int j = 0; j < scatters.Components; j++)
            {
                for (int i = 0; i < variances.Length; i++)
                {
                    variances[i] += scatters.Scatter(j)[i] / scatters.TotalWeight;
                }
            }

            return [.. Enumerable.Repeat(Covariance.Diagonal(variances), scatters.Components)];
        }
    }

    /// <summary>The full family again, written with matrices.</summary>
    private sealed class OfMatrices(ScatterShape shape) : CovarianceType
    {
        public override string Name => "OfMatrices";

        public override ScatterShape ScatterShape => shape;

        public override int CovarianceParameterCount(int components, int dimension) => components * dimension * (dimension + 1) / 2;

        public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters) =>
            [.. Enumerable.Range(0, scatters.Components).Select(j => Covariance.Full(scatters.ScatterMatrix(j) / scatters.Weight(j)))];
    }

    /// <summary>Means at rows spread evenly over the data.</summary>
    private sealed class EvenRows : Initialization
    {
        public override bool IsRandom => false;

        protected override MixtureStart CreateStart(InitializationContext context)
        {
            Matrix<double> means = Matrix<double>.Build.Dense(context.Components, Data.ColumnCount, (j, i) =>
                Data[(int)((j + 0.5) * Data.RowCount / context.Components), i]);
            return MixtureStart.FromMeans(means);
        }

        public required Matrix<double> Data { get; init; }
    }

    /// <summary>The consistent AIC: −2·ll + p·(log n + 1) (Bozdogan 1987, doi:10.1007/BF02294361).</summary>
    private sealed class ConsistentAic : Criterion
    {
        public override string Name => "CAIC";

        protected override double Evaluate(CriterionContext context) =>
            (-2 * context.LogLikelihood) + (context.Model.ParameterCount * (Math.Log(context.Size) + 1));
    }

    /// <summary>Minus the mean log-likelihood of the last rows under a fit to the others.</summary>
    private sealed class HoldOut(int last) : Criterion
    {
        public override string Name => "HoldOut";

        protected override double Evaluate(CriterionContext context)
        {
            int n = (int)context.Observations.Count;
            Vector<double> earlier = Vector<double>.Build.Dense(n, row => row < n - last ? 1 : 0);
            GaussianMixtureModel model = context.Estimator.Fit(context.Observations, earlier, cancellationToken: context.CancellationToken);
            return -model.LogLikelihood(context.Observations, 1 - earlier) / last;
        }
    }

    private static Matrix<double> Faithful => Embedded.Faithful();

    /// <summary>mclust 6.0.0, me("EEI", faithful, G = 2) at convergence.</summary>
    private const double MclustEei = -1157.680012;

    [Fact]
    public void Fit_WithAFamilyFromOutside_ReachesTheReference()
    {
        GaussianMixtureModel model = new GaussianMixture(2) { CovarianceType = new TiedDiagonal(), Tolerance = 1e-10 }.Fit(Faithful);

        model.Report!.LogLikelihood.Should().BeApproximately(MclustEei, 1e-5);
        model.ParameterCount.Should().Be(1 + 4 + 2);
        model.Covariances[0].Should().Be(model.Covariances[1]);
        model.Report.LogLikelihoodTrace.Should().BeInAscendingOrder();
    }

    [Fact]
    public void AFamilyFromOutside_HasAllThatTheLibraryLaysOnTop()
    {
        TiedDiagonal family = new();
        GaussianMixtureModel model = new GaussianMixture(2) { CovarianceType = family }.Fit(Faithful);

        GaussianMixtureModel reloaded = GaussianMixtureModel.FromJson(model.ToJson(), family);
        GaussianMixtureModel remade = GaussianMixtureModel.FromParameters(model.Weights, model.Means, model.Covariances, family);

        reloaded.ScoreSamples(Faithful).Should().Equal(model.ScoreSamples(Faithful));
        remade.LogLikelihood(Faithful).Should().BeApproximately(model.LogLikelihood(Faithful), 1e-9);
        model.Sample(10, seed: 1).Observations.ColumnCount.Should().Be(2);
        model.Bic(Faithful).Should().BeApproximately((-2 * model.LogLikelihood(Faithful)) + (7 * Math.Log(272)), 1e-9);
        FluentActions.Invoking(() => GaussianMixtureModel.FromJson(model.ToJson())).Should().Throw<FormatException>().WithMessage("*TiedDiagonal*");
    }

    [Fact]
    public void AFamilyFromOutside_IsHeldByTheFloorOnCollapse()
    {
        double[][] twoPoints = [[0, 0], [0, 0], [0, 0], [5, 1], [5, 1], [5, 1]];
        GaussianMixture estimator = new(2) { CovarianceType = new TiedDiagonal() };

        estimator.Fit(twoPoints).Report!.Diagnostics.Should().NotBeEmpty();
        FluentActions.Invoking(() => (estimator with { VarianceFloor = 0 }).Fit(twoPoints)).Should().Throw<DegenerateCovarianceException>();
    }

    [Fact]
    public void AFamilyFromMatrices_EqualsTheOneOfTheLibrary()
    {
        GaussianMixtureModel ours = new GaussianMixture(2) { CovarianceType = CovarianceType.Full }.Fit(Faithful);
        GaussianMixtureModel theirs = new GaussianMixture(2) { CovarianceType = new OfMatrices(ScatterShape.Full) }.Fit(Faithful);

        theirs.Report!.LogLikelihood.Should().BeApproximately(ours.Report!.LogLikelihood, 1e-9);
    }

    [Fact]
    public void AFamilyThatKeepsWhatItsEstimatesWere_ReadsThemUnchanged()
    {
        // The library's own families write new estimates into the memory of the old.
        var random = new Random(1);
        Matrix<double> x = Matrix<double>.Build.Dense(700, 50, (_, _) => random.NextDouble());
        var keeping = new Keeping();

        new GaussianMixture(2) { CovarianceType = keeping, MaxIterations = 8, Tolerance = 0 }.Fit(x);

        keeping.Estimates.Should().HaveCountGreaterThan(8);
        foreach ((Covariance covariance, double trace) in keeping.Estimates)
            covariance.ToMatrix().Trace().Should().Be(trace);
        foreach ((ComponentScatters scatters, double weight, double first) in keeping.Scatters)
        {
            scatters.Weight(0).Should().Be(weight);
            scatters.Scatter(1)[0].Should().Be(first);
        }
    }

    public static TheoryData<string, Func<int, IReadOnlyList<Covariance>>, string> WrongEstimates => new()
    {
        { "too few", d => [Covariance.Spherical(d, 1)], "*Wrong returned 1 covariances; 2 are needed*" },
        { "another dimension", d => [Covariance.Spherical(d, 1), Covariance.Spherical(5, 1)], "*Wrong returned one of dimension 5 for component 1; *dimension 2 is needed*" },
        { "a null", d => [null!, Covariance.Spherical(d, 1)], "*Wrong returned null for component 0; *dimension 2 is needed*" },
        { "nothing", _ => null!, "*Wrong returned no covariances*" },
    };

    [Theory]
    [MemberData(nameof(WrongEstimates))]
    public void AFamilyThatReturnsWhatIsNotNeeded_IsToldSo(string what, Func<int, IReadOnlyList<Covariance>> estimate, string message) =>
        FluentActions.Invoking(() => new GaussianMixture(2) { CovarianceType = new Wrong(estimate) }.Fit(Faithful))
            .Should().Throw<InvalidOperationException>(what).WithMessage(message);

    [Fact]
    public void AFamilyFromOutside_TakesPartInASearch()
    {
        TiedDiagonal family = new();

        ModelSelectionResult result = new ModelSelection
        {
            Components = [1, 2, 3],
            CovarianceTypes = [.. CovarianceType.All, family, new Wrong(d => [Covariance.Spherical(d, 1)])],
        }.Fit(Faithful);

        Candidate own = result.Candidates.Single(candidate => candidate.Components == 2 && candidate.CovarianceType == family);
        own.LogLikelihood.Should().BeApproximately(MclustEei, 1e-3);
        own.Bic.Should().Be(own.Value);
        own.Value.Should().BeApproximately((-2 * own.LogLikelihood) + (7 * Math.Log(272)), 1e-8);
        result.ToString().Should().Contain("TiedDiagonal").And.Contain("Wrong");
        result.Candidates.Where(candidate => candidate.CovarianceType is Wrong && candidate.Components > 1).Should()
            .OnlyContain(candidate => candidate.Failure!.Contains("Wrong"));
    }

    [Fact]
    public void ACriterionFromOutside_Decides()
    {
        ModelSelection search = new() { Components = [1, 2, 3], Estimator = new GaussianMixture(1) { Restarts = 2 } };

        ModelSelectionResult byCaic = (search with { Criterion = new ConsistentAic() }).Fit(Faithful);
        ModelSelectionResult byHoldOut = (search with { Criterion = new HoldOut(last: 50) }).Fit(Faithful);

        byCaic.Candidates.Should().OnlyContain(candidate => Math.Abs(candidate.Value - candidate.Bic - candidate.ParameterCount) < 1e-8);
        byCaic.BestCandidate.Value.Should().Be(byCaic.Candidates.Min(candidate => candidate.Value));
        byHoldOut.Best.Components.Should().BeGreaterThan(1);
        byHoldOut.ToString().Should().StartWith("HoldOut");
        foreach (Candidate candidate in byHoldOut.Candidates.Take(3))
        {
            GaussianMixtureModel model = new GaussianMixture(candidate.Components) { CovarianceType = candidate.CovarianceType, Restarts = 2 }
                .Fit(Faithful.SubMatrix(0, 222, 0, 2));
            candidate.Value.Should().BeApproximately(-model.Score(Faithful.SubMatrix(222, 50, 0, 2)), 1e-7);
        }
    }

    [Fact]
    public void Fit_FromAStartOfTheCallersOwn_Converges()
    {
        GaussianMixtureModel model = new GaussianMixture(2) { Initialization = new EvenRows { Data = Faithful }, Tolerance = 1e-10 }.Fit(Faithful);

        model.Report!.Converged.Should().BeTrue();
        model.Report.LogLikelihood.Should().BeApproximately(-1130.263960, 1e-5);
    }

    /// <summary>The full family, with a memory.</summary>
    private sealed class Keeping : CovarianceType
    {
        public List<(Covariance Covariance, double Trace)> Estimates { get; } = [];

        public List<(ComponentScatters Scatters, double Weight, double First)> Scatters { get; } = [];

        public override string Name => "Keeping";

        public override ScatterShape ScatterShape => ScatterShape.Full;

        public override int CovarianceParameterCount(int components, int dimension) => Full.CovarianceParameterCount(components, dimension);

        public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters)
        {
            IReadOnlyList<Covariance> estimates = Full.Estimate(scatters);
            Scatters.Add((scatters, scatters.Weight(0), scatters.Scatter(1)[0]));
            Estimates.AddRange(estimates.Select(covariance => (covariance, covariance.ToMatrix().Trace())));
            return estimates;
        }
    }

    private sealed class Wrong(Func<int, IReadOnlyList<Covariance>> estimate) : CovarianceType
    {
        public override string Name => "Wrong";

        public override ScatterShape ScatterShape => ScatterShape.Trace;

        public override int CovarianceParameterCount(int components, int dimension) => 1;

        public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters) => estimate(scatters.Dimension);
    }
}
