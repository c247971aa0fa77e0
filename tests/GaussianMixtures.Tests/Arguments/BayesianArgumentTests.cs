using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>What the Bayesian estimator refuses, where it is set or, if it depends on the data, before any work.</summary>
public class BayesianArgumentTests
{
    private static readonly BayesianGaussianMixture Valid = new(2);

    private static readonly double[,] X = ReferenceData.Faithful;

    [Fact]
    public void Options_ThatAreNoValues_AreRefused()
    {
        (string Argument, string Value, Func<BayesianGaussianMixture> Make)[] cases =
        [
            ("Components", "0", () => new BayesianGaussianMixture(0)),
            ("Components", "-1", () => Valid with { Components = -1 }),
            ("Restarts", "0", () => Valid with { Restarts = 0 }),
            ("MaxIterations", "0", () => Valid with { MaxIterations = 0 }),
            ("MaxDegreeOfParallelism", "0", () => Valid with { MaxDegreeOfParallelism = 0 }),
            ("Tolerance", "-1", () => Valid with { Tolerance = -1 }),
            ("Tolerance", "NaN", () => Valid with { Tolerance = double.NaN }),
            ("Ridge", "-1", () => Valid with { Ridge = -1 }),
            ("MeanPrecisionPrior", "0", () => Valid with { MeanPrecisionPrior = 0 }),
            ("MeanPrecisionPrior", "NaN", () => Valid with { MeanPrecisionPrior = double.NaN }),
            ("DegreesOfFreedomPrior", "0", () => Valid with { DegreesOfFreedomPrior = 0 }),
            ("DegreesOfFreedomPrior", "Infinity", () => Valid with { DegreesOfFreedomPrior = double.PositiveInfinity }),
        ];
        foreach ((string argument, string value, Func<BayesianGaussianMixture> make) in cases)
            make.Invoking(m => m()).Should().Throw<ArgumentOutOfRangeException>()
                .Which.Message.Should().Contain(argument).And.Contain(value);
        foreach (double concentration in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            foreach (Func<double, WeightPrior> prior in new[] { WeightPrior.Dirichlet, WeightPrior.DirichletProcess })
                FluentActions.Invoking(() => prior(concentration)).Should().Throw<ArgumentOutOfRangeException>()
                    .Which.Message.Should().Contain("concentration").And.Contain($"{concentration}");
    }

    [Fact]
    public void Options_ThatAreNull_AreRefused()
    {
        Action[] acts =
        [
            () => _ = Valid with { WeightPrior = null! },
            () => _ = Valid with { CovarianceType = null! },
            () => _ = Valid with { Initialization = null! },
            () => Valid.Fit(null!),
        ];
        foreach (Action act in acts)
            act.Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void CovarianceType_WithoutConjugatePrior_IsRefused()
    {
        foreach (CovarianceType type in CovarianceType.All.Except(BayesianCases.Families).Append(new OwnType()))
        {
            Action act = () => _ = Valid with { CovarianceType = type };
            act.ShouldRefuse<ArgumentException>("CovarianceType", type.Name).AndHints("VVV");
        }
    }

    [Fact]
    public void DegreesOfFreedom_TooFewForTheColumns_AreRefused()
    {
        foreach (CovarianceType type in BayesianCases.Families)
        {
            bool isMatrix = type == CovarianceType.Full || type == CovarianceType.Tied;
            BayesianGaussianMixture estimator = Valid with { CovarianceType = type, DegreesOfFreedomPrior = 1 };
            Action fit = () => estimator.Fit(X);
            if (isMatrix)
                fit.ShouldRefuse<ArgumentException>("DegreesOfFreedomPrior", "1", "2 columns").AndHints("raise");
            else
                fit.Should().NotThrow();
        }
    }

    [Fact]
    public void Priors_ThatDoNotFitTheData_AreRefused()
    {
        Refused(Valid with { MeanPrior = Vector<double>.Build.Dense(3) }, "MeanPrior", "3 values", "2 columns");
        Refused(Valid with { MeanPrior = Vector<double>.Build.DenseOfArray([0, double.NaN]) }, "MeanPrior", "NaN", "column 1");
        Refused(Valid with { CovariancePrior = Matrix<double>.Build.DenseIdentity(3) }, "CovariancePrior", "3 x 3", "2 columns");
        Refused(Valid with { CovariancePrior = Matrix(1, double.NaN, 0, 1) }, "CovariancePrior", "NaN", "symmetric");
        Refused(Valid with { CovariancePrior = Matrix(1, 0.5, 0, 1) }, "CovariancePrior", "0.5", "symmetric");
        Refused(Valid with { CovariancePrior = Matrix(1, 1, 1, 1) }, "CovariancePrior", "not positive definite");
        Refused(Valid with { CovariancePrior = Matrix(-1, 0, 0, 1) }, "CovariancePrior", "not positive definite", "column 0");
    }

    [Fact]
    public void Data_ThatCannotBeFitted_IsRefused()
    {
        Refused(Valid with { Components = 273 }, "x", "272 rows", "273");
        Action notFinite = () => Valid.Fit(new double[,] { { 1, double.NaN }, { 2, 3 } });
        Action tooFewWeights = () => Valid.Fit(X, Vector<double>.Build.Dense(3, 1));

        notFinite.ShouldRefuseAt("x", 0, 1, "NaN");
        tooFewWeights.ShouldRefuse<ArgumentException>("weights", "3");
    }

    [Fact]
    public void Fit_ThatIsCancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Action fit = () => Valid.Fit(X, cancellationToken: source.Token);

        fit.Should().Throw<OperationCanceledException>();
    }

    private static void Refused(BayesianGaussianMixture estimator, string argument, params string[] words)
    {
        Action fit = () => estimator.Fit(X);
        fit.ShouldRefuse<ArgumentException>(argument, words);
    }

    private static Matrix<double> Matrix(double a, double b, double c, double d) =>
        Matrix<double>.Build.DenseOfArray(new[,] { { a, b }, { c, d } });

    private sealed class OwnType : CovarianceType
    {
        public override string Name => "own";

        public override ScatterShape ScatterShape => ScatterShape.Trace;

        public override int CovarianceParameterCount(int components, int dimension) => 1;

        public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters) => Spherical.Estimate(scatters);
    }
}
