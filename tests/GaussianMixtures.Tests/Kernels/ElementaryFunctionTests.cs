using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>
/// Our own e^x and log x against the runtime's, in units in the last place. Measured over these points: 1 for e^x and 2 for
/// log x, in both register widths.
/// </summary>
public class ElementaryFunctionTests
{
    /// <summary>One more than measured: the runtime's own last bit differs between C libraries.</summary>
    private const long Bound = 3;

    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Exponential_OverItsDomain_IsThatOfTheRuntime(string name)
    {
        Random random = new(1);
        double[] x =
        [
            .. Draw(100_000, () => -708 * random.NextDouble()),
            .. Draw(100_000, () => -random.NextDouble()),
            .. Draw(50_000, () => -Math.Exp(-40 * random.NextDouble())),
            .. Enumerable.Range(0, 1022).SelectMany(n => Around(-n * Math.Log(2))).Where(v => v is <= 0 and >= -708),
            .. Enumerable.Range(0, 1021).SelectMany(n => Around(-(n + 0.5) * Math.Log(2))).Where(v => v >= -708),
            -708, 0, -0.0, -double.Epsilon,
        ];

        Worst(x, Exponential(name, x), Math.Exp).Should().BeLessThanOrEqualTo(Bound);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Exponential_OfZero_IsExactlyOne(string name) => Exponential(name, [0, -0.0]).Should().Equal(1, 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void Exponential_BelowItsDomain_IsZero(string name)
    {
        double[] x = [Math.BitDecrement(-708), -709, -745, -746, -1e3, -1e10, -5e299, double.MinValue, double.NegativeInfinity];

        Exponential(name, x).Should().OnlyContain(value => BitConverter.DoubleToInt64Bits(value) == 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Logarithm_OverItsDomain_IsThatOfTheRuntime(string name)
    {
        Random random = new(2);
        double[] x =
        [
            .. Draw(100_000, () => 1 + (1000 * random.NextDouble())),
            .. Draw(100_000, () => 0.5 + (1.5 * random.NextDouble())),
            .. Draw(50_000, () => 1 + Math.ScaleB(random.NextDouble() - 0.5, -random.Next(50))),
            .. Draw(50_000, () => Math.ScaleB(1 + random.NextDouble(), random.Next(-1022, 1024))),
            .. Enumerable.Range(-1021, 2044).SelectMany(n => Around(Math.ScaleB(1, n))),
            .. Enumerable.Range(-1021, 2044).SelectMany(n => Around(Math.ScaleB(Math.Sqrt(0.5), n))),
            double.MaxValue, 2.2250738585072014e-308,
        ];

        Worst(x, Logarithm(name, x), Math.Log).Should().BeLessThanOrEqualTo(Bound);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Logarithm_OfOne_IsExactlyZero(string name) => Logarithm(name, [1]).Should().Equal(0);

    private static double[] Exponential(string name, double[] x) => name == nameof(Lanes256)
        ? Map<Lanes256>(x, Exponential<Lanes256>.OfNonPositive)
        : Map<Lanes512>(x, Exponential<Lanes512>.OfNonPositive);

    private static double[] Logarithm(string name, double[] x) => name == nameof(Lanes256)
        ? Map<Lanes256>(x, Logarithm<Lanes256>.Of)
        : Map<Lanes512>(x, Logarithm<Lanes512>.Of);

    private static double[] Map<V>(double[] x, Func<V, V> function)
        where V : struct, ILanes<V>
    {
        double[] result = new double[(x.Length + V.Count - 1) / V.Count * V.Count];
        Array.Fill(result, -1);
        x.CopyTo(result, 0);
        for (int i = 0; i < result.Length; i += V.Count)
            function(V.Load(in result[0], i)).Store(ref result[0], i);
        return result[..x.Length];
    }

    /// <summary>The largest distance, counted in doubles. Both functions keep the sign of the runtime's.</summary>
    private static long Worst(double[] x, double[] actual, Func<double, double> expected)
    {
        long worst = 0;
        for (int i = 0; i < x.Length; i++)
            worst = Math.Max(worst, Math.Abs(BitConverter.DoubleToInt64Bits(actual[i]) - BitConverter.DoubleToInt64Bits(expected(x[i]))));
        return worst;
    }

    private static double[] Around(double x) => [Math.BitDecrement(x), x, Math.BitIncrement(x)];

    private static IEnumerable<double> Draw(int count, Func<double> next) => Enumerable.Range(0, count).Select(_ => next());
}
