using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GaussianMixtures.Tests;

/// <summary>
/// The proposals of damped Anderson acceleration on a linear map, against the definition: two squared ones, then combinations, by
/// eigenvalues, and λ by bisection.
/// </summary>
public class AndersonTests
{
    private const int Length = 12;
    private const int Order = 6;

    /// <summary>Two proposals, each from two of EM's steps.</summary>
    private const int StepsOfSquared = 4;

    [Fact]
    public void Propose_OnALinearMap_IsTheDampedLeastSquaresCombination()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Matrix<double> map = Contraction(new Random(seed));
            IExtrapolation anderson = Acceleration.Anderson.Begin(Length)!;
            IExtrapolation squarem = Acceleration.Squarem.Begin(Length)!;
            Vector<double> point = Vector<double>.Build.Dense(Length, i => 1 + i);
            List<Vector<double>> points = [], residuals = [];
            for (int step = 0; step < 40; step++)
            {
                Vector<double> image = map * point;
                points.Add(point);
                residuals.Add(image - point);
                double[] proposal = new double[Length];

                bool proposes = anderson.Propose(point.ToArray(), image.ToArray(), proposal);

                if (step < StepsOfSquared)
                {
                    double[] squared = new double[Length];
                    proposes.Should().Be(squarem.Propose(point.ToArray(), image.ToArray(), squared));
                    proposal.Should().Equal(squared);
                }
                else
                {
                    proposes.Should().BeTrue();
                    Vector<double> expected = Correction(points, residuals);
                    (image - expected - Vector<double>.Build.Dense(proposal)).L2Norm().Should().BeLessThan(0.01 * expected.L2Norm(), $"step {step}");
                }

                point = proposes ? Vector<double>.Build.Dense(proposal) : image;
            }
        }
    }

    [Fact]
    public void Propose_WhereSquaresOverflow_IsThePlainStepAndHarmsNoLaterOne()
    {
        IExtrapolation anderson = Acceleration.Anderson.Begin(Length)!;
        double[] proposal = new double[Length];
        foreach (double size in new[] { 1, 1e170, 1e200, 1, 0.5, 0.2, 0.1 })
        {
            double[] point = [.. Enumerable.Range(0, Length).Select(i => size * (1 + i))];
            double[] image = [.. point.Select((value, i) => value * (1 - (0.05 * i)))];

            anderson.Propose(point, image, proposal);

            proposal.Should().OnlyContain(value => double.IsFinite(value), $"size {size}");
        }
    }

    /// <summary>Σ γ_i (Δx_i + Δf_i), of the steps since the memory began anew.</summary>
    private static Vector<double> Correction(List<Vector<double>> points, List<Vector<double>> residuals)
    {
        int steps = points.Count - 1;
        int remembered = ((steps - 1) % Order) + 1;
        int first = steps - remembered;
        Matrix<double> moves = Matrix<double>.Build.DenseOfColumnVectors(Enumerable.Range(first, remembered).Select(t => points[t + 1] - points[t]));
        Matrix<double> changes = Matrix<double>.Build.DenseOfColumnVectors(
            Enumerable.Range(first, remembered).Select(t => residuals[t + 1] - residuals[t]));
        Matrix<double> gram = changes.TransposeThisAndMultiply(changes);
        Evd<double> eigen = gram.Evd(Symmetricity.Symmetric);
        Vector<double> rotated = eigen.EigenVectors.TransposeThisAndMultiply(changes.TransposeThisAndMultiply(residuals[^1]));
        double least = 1e-14 * gram.Trace();
        double target = Weights(least).L2Norm() / Math.Sqrt(1 + Math.Pow(1.2, 25 - steps));
        double low = Math.Log(least), high = Math.Log(gram.Trace()) + 40;
        for (int halving = 0; halving < 200; halving++)
        {
            double middle = (low + high) / 2;
            (low, high) = Weights(Math.Exp(middle)).L2Norm() > target ? (middle, high) : (low, middle);
        }

        return (moves + changes) * (eigen.EigenVectors * Weights(Math.Exp(low)));

        Vector<double> Weights(double penalty) =>
            rotated.MapIndexed((i, value) => value / (Math.Max(0, eigen.EigenValues[i].Real) + penalty));
    }

    /// <summary>Symmetric, with eigenvalues from 0.1 to 0.99: what EM is near its end.</summary>
    private static Matrix<double> Contraction(Random random)
    {
        Matrix<double> axes = Matrix<double>.Build.DenseOfArray(SyntheticData.Normal(random, Length, Length, 1)).GramSchmidt().Q;
        Matrix<double> lengths = Matrix<double>.Build.DenseOfDiagonalArray([.. Enumerable.Range(0, Length).Select(i => 0.1 + (0.89 * i / (Length - 1)))]);
        return axes * lengths * axes.Transpose();
    }
}
