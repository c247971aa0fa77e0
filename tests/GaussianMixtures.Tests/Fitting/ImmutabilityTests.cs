using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Estimators and models are values: nobody can change them, and they change nothing of anybody else.</summary>
public class ImmutabilityTests
{
    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(Types))]
    public void Model_WhoseAnswersAreWrittenOver_StaysTheSame(string typeName)
    {
        double[,] x = ReferenceData.Iris;
        GaussianMixtureModel model = new GaussianMixture(3) { CovarianceType = CovarianceType.Parse(typeName) }.Fit(x);
        long[] parameters = ModelAssertions.Bits(model);
        long[] scores = ModelAssertions.Bits(model.ScoreSamples(x));

        model.Weights.Clear();
        model.Means.Clear();
        foreach (Matrix<double> covariance in model.Covariances)
            covariance.Clear();

        ModelAssertions.Bits(model).Should().Equal(parameters);
        ModelAssertions.Bits(model.ScoreSamples(x)).Should().Equal(scores);
    }

    [Fact]
    public void Report_OfAModel_CannotBeWritten()
    {
        FitReport report = new GaussianMixture(2).Fit(ReferenceData.Faithful).Report!;
        double first = report.LogLikelihoodTrace[0];

        report.LogLikelihoodTrace.Should().NotBeOfType<double[]>().And.NotBeOfType<List<double>>();
        if (report.LogLikelihoodTrace is IList<double> list)
        {
            Action write = () => list[0] = 1;
            write.Should().Throw<NotSupportedException>();
        }

        report.LogLikelihoodTrace[0].Should().Be(first);
    }

    [Fact]
    public void FromParameters_WhoseArgumentsAreWrittenOver_StaysTheSame()
    {
        var weights = Vector<double>.Build.DenseOfArray([0.4, 0.6]);
        var means = Matrix<double>.Build.DenseOfArray(new double[,] { { 2, 50 }, { 4, 80 } });
        Matrix<double>[] covariances = [Matrix<double>.Build.DenseIdentity(2), Matrix<double>.Build.DenseIdentity(2) * 3];
        GaussianMixtureModel model = GaussianMixtureModel.FromParameters(weights, means, covariances);
        long[] before = ModelAssertions.Bits(model);

        weights.Clear();
        means.Clear();
        covariances[0].Clear();
        covariances[1] = Matrix<double>.Build.DenseIdentity(2) * 7;

        ModelAssertions.Bits(model).Should().Equal(before);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_DoesNotWriteIntoItsArguments(string typeName)
    {
        double[,] x = (double[,])ReferenceData.Thyroid.Clone();
        Vector<double> weights = SyntheticData.Multiplicities(x.GetLength(0), seed: 1);
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(x);
        var estimator = new GaussianMixture(3) { CovarianceType = CovarianceType.Parse(typeName), Restarts = 2 };

        estimator.Fit(x, weights);
        estimator.Fit(matrix, weights);

        x.Should().BeEquivalentTo(ReferenceData.Thyroid, options => options.WithStrictOrdering());
        matrix.Should().Be(Matrix<double>.Build.DenseOfArray(ReferenceData.Thyroid));
        weights.Should().Equal(SyntheticData.Multiplicities(x.GetLength(0), seed: 1));
    }

    [Fact]
    public void Model_WhenTheDataIsWrittenOver_StaysTheSame()
    {
        double[,] x = (double[,])ReferenceData.Faithful.Clone();
        GaussianMixtureModel model = new GaussianMixture(2).Fit(x);
        long[] before = ModelAssertions.Bits(model);

        Array.Clear(x);

        ModelAssertions.Bits(model).Should().Equal(before);
    }

    [Fact]
    public void Initialization_WhoseLabelsAreWrittenOver_StaysTheSame()
    {
        double[,] x = ReferenceData.Faithful;
        int[] labels = [.. Enumerable.Range(0, x.GetLength(0)).Select(i => x[i, 0] < 3 ? 0 : 1)];
        var responsibilities = Matrix<double>.Build.Dense(labels.Length, 2, (i, c) => labels[i] == c ? 1 : 0);
        var fromLabels = new GaussianMixture(2) { Initialization = Initialization.FromLabels(labels) };
        var fromShares = new GaussianMixture(2) { Initialization = Initialization.FromResponsibilities(responsibilities) };
        GaussianMixtureModel first = fromLabels.Fit(x);
        GaussianMixtureModel second = fromShares.Fit(x);

        Array.Clear(labels);
        responsibilities.Clear();

        fromLabels.Fit(x).ShouldHaveTheBitsOf(first, x);
        fromShares.Fit(x).ShouldHaveTheBitsOf(second, x);
    }

    [Fact]
    public void Estimator_IsAValue()
    {
        var estimator = new GaussianMixture(3);

        GaussianMixture other = estimator with { CovarianceType = CovarianceType.Tied, Restarts = 5 };

        estimator.Should().Be(new GaussianMixture(3));
        other.Should().NotBe(estimator);
        estimator.CovarianceType.Should().BeSameAs(CovarianceType.Full);
        (other with { CovarianceType = CovarianceType.Full, Restarts = 1 }).Should().Be(estimator);
    }

    [Fact]
    public void Estimator_HasTheDocumentedDefaults()
    {
        var estimator = new GaussianMixture(components: 3);

        estimator.Components.Should().Be(3);
        estimator.CovarianceType.Should().BeSameAs(CovarianceType.Full);
        estimator.Initialization.Should().BeSameAs(Initialization.KMeans);
        estimator.Restarts.Should().Be(1);
        estimator.MaxIterations.Should().Be(1000);
        estimator.Tolerance.Should().Be(1e-6);
        estimator.VarianceFloor.Should().Be(1e-6);
        estimator.Ridge.Should().Be(0);
        estimator.Seed.Should().Be(0);
        estimator.MaxDegreeOfParallelism.Should().BeNull();
    }
}
