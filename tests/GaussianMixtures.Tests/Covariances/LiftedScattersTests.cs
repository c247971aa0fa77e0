using FluentAssertions;
using GaussianMixtures.Covariances;

namespace GaussianMixtures.Tests;

/// <summary>How the lift that holds a family above the floor is looked for.</summary>
public class LiftedScattersTests
{
    [Fact]
    public void HeldAbove_WhereNoEarlierLiftIsKnown_SearchesFromScratchOnce()
    {
        // The first is flat, and its two long directions are turned against the other's.
        FullCovariance flat = new([1, 0.2, 0.1, 0.3, 0.05, 1e-12], 3);
        FullCovariance round = new([2, 0.5, 1, -0.3, 0.2, 3], 3);
        Counted type = new();
        ComponentScatters scatters = new ComponentCovariances([flat, round]).ToScatters(type.ScatterShape, [20, 30]);
        VarianceFloor floor = new(1e-3, [1, 1, 1]);

        IReadOnlyList<Covariance> held = LiftedScatters.HeldAbove(type, scatters, [], floor).Covariances;

        type.FromScratch.Should().Be(1);
        type.FromFormer.Should().BeInRange(1, 15);
        held.Min(covariance => covariance.ShareOf(floor)).Should().BeGreaterThanOrEqualTo(1 - 1e-8);
    }

    /// <summary>EVE, asked and counted.</summary>
    private sealed class Counted : CovarianceType
    {
        public int FromScratch { get; private set; }

        public int FromFormer { get; private set; }

        public override string Name => "counted EVE";

        public override ScatterShape ScatterShape => EVE.ScatterShape;

        public override int CovarianceParameterCount(int components, int dimension) => EVE.CovarianceParameterCount(components, dimension);

        public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters)
        {
            FromScratch++;
            return EVE.Estimate(scatters);
        }

        internal override ComponentCovariances Reestimate(ComponentScatters scatters, ComponentCovariances former)
        {
            FromFormer++;
            return EVE.Reestimate(scatters, former);
        }
    }
}
