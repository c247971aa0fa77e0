using FluentAssertions;
using GaussianMixtures.Covariances;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>How much of the variance floor a covariance has: found by eigenvalues, and known to be enough without them.</summary>
public class ShareOfFloorTests
{
    [Fact]
    public void HasShareOf_SaysWhatShareOfWouldFind()
    {
        double[] scale = [2, 0.5, 1, 3];
        VarianceFloor floor = new(1e-3, scale);
        for (int seed = 0; seed < 50; seed++)
        {
            Matrix<double> root = Matrix<double>.Build.Random(4, 4, seed);
            root.SetRow(3, (root.Row(3) * 0.02) + root.Row(0)); // nearly the first
            Covariance covariance = Covariance.Full(root * root.Transpose());
            double share = covariance.ShareOf(floor);
            Matrix<double> standardized = (root * root.Transpose()).MapIndexed((i, j, value) => value / scale[i] / scale[j]);

            // MathNet's eigenvalues are good to the rounding of the largest.
            double[] eigenvalues = [.. standardized.Evd().EigenValues.Select(value => value.Real)];
            share.Should().BeApproximately(eigenvalues.Min() / 1e-3, 1e-14 * eigenvalues.Max() / 1e-3);
            covariance.HasShareOf(floor, share * 0.999).Should().BeTrue();
            covariance.HasShareOf(floor, share * 1.001).Should().BeFalse();
            covariance.HasShareOf(floor, double.PositiveInfinity).Should().BeFalse();
        }
    }

    [Fact]
    public void HasShareOf_WhereRoundingIsTheFloor_DoesNotSay()
    {
        // The least variance there is beside 1e12 of the data's own is 2e-3 of that, not the floor's 1e-3.
        VarianceFloor floor = new(1e-3, [1, 1]);
        Covariance covariance = Covariance.Full(Matrix<double>.Build.DenseOfDiagonalArray([1e12, 1]));

        covariance.ShareOf(floor).Should().BeLessThan(1000 * 0.99);
        covariance.HasShareOf(floor, 1).Should().BeFalse();
    }

    [Fact]
    public void HasShareOf_One_IsWhereConstrainRaisesNothing()
    {
        VarianceFloor floor = new(1e-3, [2, 0.3]);
        foreach (double factor in new[] { 0.5, Math.BitDecrement(1), 1, Math.BitIncrement(1), 3, double.NaN })
        {
            double low = floor.LowestVariance(1) * factor;
            Covariance[] covariances = [new DiagonalCovariance([1, low]), new SphericalCovariance(2, floor.LowestSphericalVariance * factor)];
            foreach (Covariance covariance in covariances)
            {
                bool isSame = ReferenceEquals(covariance.Constrain(floor, out int[] columns), covariance);

                covariance.HasShareOf(floor, 1).Should().Be(isSame && columns.Length == 0, $"{covariance.GetType().Name}, {factor}");
                isSame.Should().Be(factor >= 1);
            }
        }
    }
}
