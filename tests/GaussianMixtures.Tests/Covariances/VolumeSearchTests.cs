using FluentAssertions;
using GaussianMixtures.Covariances;

namespace GaussianMixtures.Tests;

/// <summary>The search for the volumes of one shape, counted: the estimates themselves are tested family by family.</summary>
public class VolumeSearchTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(20.0)]
    public void Run_WithAComponentWithoutScatter_EndsAsSoonAsWithout(double emptyWeight)
    {
        double[][] scatters = [[3, 5, 0.5], [40, 30, 8], [2, 9, 1]];
        CountedShape without = new([10, 20, 7], scatters);
        CountedShape with = new([10, 20, 7, emptyWeight], [.. scatters, [0, 0, 0]]);

        without.Steps.Should().BeInRange(2, 20);
        with.Steps.Should().BeLessThanOrEqualTo(without.Steps + 2);

        // C is known up to a factor, so the volumes are, too.
        for (int j = 1; j < 3; j++)
            (with.Volumes[j] / with.Volumes[0]).Should().BeApproximately(without.Volumes[j] / without.Volumes[0], 1e-8);
        with.Volumes[3].Should().Be(0);
    }

    [Fact]
    public void Run_AfterASearchThatFoundVolumesFarApart_BeginsWhereThatEnded()
    {
        // The last has a hundred-thousandth of the others' size, as a component has that the floor holds.
        double[][] scatters = [[3, 5, 0.5], [40, 30, 8], [2e-5, 9e-5, 1e-5]];
        CountedShape first = new([10, 20, 7], scatters);

        CountedShape next = new([10, 20, 7], scatters, first.Volumes);

        (first.Volumes.Max() / first.Volumes.Min()).Should().BeInRange(1e4, 1e7);
        first.Steps.Should().BeGreaterThan(3);
        next.Steps.Should().BeLessThanOrEqualTo(2);
        for (int j = 0; j < 3; j++)
            next.Volumes[j].Should().BeApproximately(first.Volumes[j], 1e-8 * first.Volumes[j]);
    }

    /// <summary>VEI on given axes.</summary>
    private sealed class CountedShape : VolumeSearch
    {
        private readonly double[][] _scatters;
        private readonly double[] _shape;

        public CountedShape(double[] weights, double[][] scatters, double[]? earlier = null)
            : base(weights, scatters[0].Length, null)
        {
            _scatters = scatters;
            _shape = new double[scatters[0].Length];
            Run(new ComponentCovariances([]) { Volumes = earlier });
        }

        public int Steps { get; private set; }

        protected override double LogDeterminant => _shape.Sum(Math.Log);

        protected override int WhitenedLength => _shape.Length;

        protected override bool TryShape()
        {
            Steps++;
            for (int e = 0; e < _shape.Length; e++)
                _shape[e] = _scatters.Select((scatter, j) => Volumes[j] > 0 ? scatter[e] / Volumes[j] / TotalWeight : 0).Sum();
            return true;
        }

        protected override void Quotients(Span<double> quotients)
        {
            for (int j = 0; j < quotients.Length; j++)
                quotients[j] = _scatters[j].Select((value, e) => value / _shape[e]).Sum();
        }

        protected override void Whiten(int component, Span<double> whitened)
        {
            for (int e = 0; e < whitened.Length; e++)
                whitened[e] = _scatters[component][e] / _shape[e];
        }
    }
}
