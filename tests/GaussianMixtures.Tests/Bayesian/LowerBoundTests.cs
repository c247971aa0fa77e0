using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>The lower bound is complete: term by term it is the book's, and with one component it is the evidence itself.</summary>
public class LowerBoundTests
{
    public static TheoryData<string, string> TypesAndPriors => BayesianCases.TypesAndPriors;

    public static TheoryData<string> Types => BayesianCases.Types;

    [Theory]
    [MemberData(nameof(TypesAndPriors))]
    public void LowerBound_OfDefaultPriors_IsTheSumOfItsTerms(string typeName, string priorName)
    {
        double[,] x = SyntheticData.CorrelatedClouds(60, 3, 3, seed: 71, separation: 3);
        double[] ones = [.. Enumerable.Repeat(1.0, 60)];
        WeightPrior prior = BayesianCases.Prior(priorName, 0.4);
        EvidenceOracle oracle = EvidenceOracle.DefaultFor(x, ones);

        // Far from the maximum as well as at it.
        foreach (int iterations in new[] { 1, 2, 400 })
        {
            BayesianGaussianMixtureModel model = new BayesianGaussianMixture(5)
            {
                CovarianceType = CovarianceType.Parse(typeName),
                WeightPrior = prior,
                MaxIterations = iterations,
            }.Fit(x);

            ShouldBe(model.LowerBound, oracle.LowerBound(model, prior, x, ones));
        }
    }

    [Theory]
    [MemberData(nameof(TypesAndPriors))]
    public void LowerBound_OfGivenPriorsAndWeights_IsTheSumOfItsTerms(string typeName, string priorName)
    {
        double[,] x = SyntheticData.Map(SyntheticData.CorrelatedClouds(60, 2, 2, seed: 72), (value, j) => (1e3 * value) - (4e3 * j));
        Vector<double> weights = SyntheticData.Multiplicities(60, seed: 73) * 1.5;
        WeightPrior prior = BayesianCases.Prior(priorName, 2.5);
        var oracle = new EvidenceOracle([500, -7000], 0.3, 4.5, new[,] { { 2e6, 0.5e6 }, { 0.5e6, 1e6 } });

        BayesianGaussianMixtureModel model = new BayesianGaussianMixture(3)
        {
            CovarianceType = CovarianceType.Parse(typeName),
            WeightPrior = prior,
            MeanPrior = Vector<double>.Build.DenseOfArray(oracle.Mean),
            MeanPrecisionPrior = oracle.MeanPrecision,
            DegreesOfFreedomPrior = oracle.DegreesOfFreedom,
            CovariancePrior = Matrix<double>.Build.DenseOfArray(oracle.Scale),
            MaxIterations = 3,
        }.Fit(x, weights);

        ShouldBe(model.LowerBound, oracle.LowerBound(model, prior, x, weights.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void LowerBound_OfOneComponent_IsTheEvidence(string typeName)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        foreach (string data in ReferenceData.Names)
        {
            double[,] x = ReferenceData.Load(data);
            double[] ones = [.. Enumerable.Repeat(1.0, x.GetLength(0))];
            double evidence = EvidenceOracle.DefaultFor(x, ones).LogEvidence(type, x);
            var estimator = new BayesianGaussianMixture(1) { CovarianceType = type, WeightPrior = WeightPrior.Dirichlet(0.7) };

            ShouldBe(estimator.Fit(x).LowerBound, evidence);
        }
    }

    [Fact]
    public void LowerBound_OfOneStick_ChargesForThoseThatMightHaveFollowed()
    {
        // That all n rows broke off the first of endlessly many sticks has the probability E v^n, v ~ Beta(1, γ).
        double[,] x = ReferenceData.Faithful;
        const double gamma = 0.7;
        double oneStick = EvidenceOracle.LogGamma(273) + EvidenceOracle.LogGamma(gamma + 1) - EvidenceOracle.LogGamma(273 + gamma);
        var estimator = new BayesianGaussianMixture(1) { WeightPrior = WeightPrior.Dirichlet(1) };

        double evidence = estimator.Fit(x).LowerBound;

        ShouldBe((estimator with { WeightPrior = WeightPrior.DirichletProcess(gamma) }).Fit(x).LowerBound, evidence + oneStick);
    }

    [Theory]
    [MemberData(nameof(TypesAndPriors))]
    public void LowerBound_FromAnyStart_NeverFalls(string typeName, string priorName)
    {
        Initialization[] starts =
        [
            Initialization.KMeans, Initialization.KMeansPlusPlus, Initialization.Hierarchical, Initialization.ShortRuns(),
            Initialization.RandomPoints, Initialization.RandomResponsibilities,
        ];
        foreach (string data in ReferenceData.Names)
        {
            foreach (Initialization start in starts)
            {
                BayesianGaussianMixtureModel model = new BayesianGaussianMixture(8)
                {
                    CovarianceType = CovarianceType.Parse(typeName),
                    WeightPrior = BayesianCases.Prior(priorName, 0.125),
                    Initialization = start,
                }.Fit(ReferenceData.Load(data));

                model.ShouldNeverFall($"{data} {start}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(TypesAndPriors))]
    public void LowerBound_IsNotAboveTheLogLikelihood(string typeName, string priorName)
    {
        BayesianGaussianMixtureModel model = new BayesianGaussianMixture(4)
        {
            CovarianceType = CovarianceType.Parse(typeName),
            WeightPrior = BayesianCases.Prior(priorName, 1),
        }.Fit(ReferenceData.Iris);

        model.LowerBound.Should().BeLessThan(model.Report!.LogLikelihood);
        model.LowerBoundTrace.Should().HaveCount(model.Report.Iterations).And.Equal(model.Report.LogLikelihoodTrace);
    }

    private static void ShouldBe(double actual, double expected) => ModelAssertions.Close(actual, expected, expected, 1e-10, "bound");
}
