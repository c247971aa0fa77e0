using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Uniform pairs to normal pairs, against the runtime's logarithm, cosine and sine.</summary>
public class BoxMullerTests
{
    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Transform_OfAllTurns_IsThatOfTheFormula(string name)
    {
        Random random = new(3);
        double smallest = Math.ScaleB(1, -53), largest = 1 - Math.ScaleB(1, -53);
        double[] turns = [.. Enumerable.Range(0, 16).Select(n => n / 16.0).SelectMany(v => new[] { v, Math.BitIncrement(v) }), largest];
        double[] heights = [1, largest, 0.5, smallest];
        (double U, double V)[] pairs =
        [
            .. from u in heights from v in turns select (u, v),
            .. Enumerable.Range(0, 20_000).Select(_ => (1 - random.NextDouble(), random.NextDouble())),
        ];
        int length = (pairs.Length + Panel.Tile - 1) / Panel.Tile * Panel.Tile;
        Guarded first = new(length, fill: 1), second = new(length);
        for (int s = 0; s < pairs.Length; s++)
            (first.Span[s], second.Span[s]) = pairs[s];

        KernelData.Kernels(name).BoxMuller(first.Span, second.Span);

        for (int s = 0; s < pairs.Length; s++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(pairs[s].U));
            // cos and sin of πt, which turn at exact places.
            ShouldBe(first[s], radius * double.CosPi(2 * pairs[s].V), radius, pairs[s]);
            ShouldBe(second[s], radius * double.SinPi(2 * pairs[s].V), radius, pairs[s]);
        }

        first.ShouldBeIntact("first");
        second.ShouldBeIntact("second");
    }

    private static void ShouldBe(double actual, double expected, double radius, (double U, double V) pair) =>
        (Math.Abs(actual - expected) <= 5e-16 * radius).Should().BeTrue($"{actual:r} should be {expected:r} for {pair}");
}
