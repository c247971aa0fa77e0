using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Axes of all components at once, against one component after another.</summary>
public class AxisTurnTests
{
    public static TheoryData<string> Names => KernelData.Names;

    private static IEnumerable<(int Components, int Dimension)> Sizes =>
        from components in new[] { 1, 3, 8, 9, 17 }
        from d in new[] { 2, 3, 4, 7, 20 }
        select (components, d);

    [Theory]
    [MemberData(nameof(Names))]
    public void Project_OfAnAxis_IsEachRootsProductWithIt(string name)
    {
        foreach ((int components, int d) in Sizes)
        {
            Setting setting = new(components, d);
            Guarded panel = new(setting.PanelLength, double.NaN);

            KernelData.KernelsForRows(name, setting.Width).Project(setting.Roots, setting.Axis(0), panel.Span);

            panel.ShouldBeIntact("panel");
            for (int j = 0; j < components; j++)
            {
                double[] expected = setting.Projected(j, setting.Axis(0));
                Column(panel.Span, j, setting.Width)[..d].Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-13 * d);
                Column(panel.Span, j, setting.Width)[d].Should().BeApproximately(Square(expected), 1e-13 * Square(expected));
                Column(panel.Span, j, setting.Width)[d + 1].Should().BeApproximately(Math.Sqrt(Square(expected)), 1e-13 * Square(expected));
            }
        }
    }

    /// <summary>The last component has no scatter along one of the axes, and so no say.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Measure_OfTwoAxes_IsTheSumsOverTheComponentsWithASay(string name)
    {
        foreach ((int components, int d) in Sizes.Where(size => size.Components > 1))
        {
            Setting setting = new(components, d);
            double[] p = setting.Panel(name, setting.Axis(0)), q = setting.Panel(name, setting.Axis(1));
            for (int row = 0; row < d + 2; row++)
                q[(row * setting.Width) + components - 1] = 0;
            Guarded shares = new(3 * setting.Width);
            setting.Influences.CopyTo(shares.Span);
            const double power = 0.3;

            TurnSums sums = KernelData.KernelsForRows(name, setting.Width).MeasureTurn(p, q, shares.Span, power);

            shares.ShouldBeIntact("shares");
            double[] differences = new double[components];
            (double squares, double products, double excess) = (0, 0, 0);
            for (int j = 0; j < components - 1; j++)
            {
                double[] own = Column(p, j, setting.Width), other = Column(q, j, setting.Width);
                double correlation = own[..d].Zip(other, (a, b) => a * b).Sum() / own[d + 1] / other[d + 1];
                double difference = (other[d + 1] / own[d + 1]) - (own[d + 1] / other[d + 1]);
                differences[j] = difference;
                shares.Span[setting.Width + j].Should().BeApproximately(1 / (own[d + 1] * other[d + 1]), 1e-12 / own[d + 1] / other[d + 1]);
                shares.Span[(2 * setting.Width) + j].Should().BeApproximately(difference, 1e-12 * (1 + Math.Abs(difference)));
                squares += setting.Influences[j] * difference * difference;
                products += setting.Influences[j] * correlation * difference;
                excess += setting.Influences[j] * correlation * correlation * (((1 - power) * difference * difference) + 2);
            }

            double scale = 1 / differences.Max(Math.Abs);
            sums.Scale.Should().BeApproximately(scale, 1e-12 * scale);
            sums.Squares.Should().BeApproximately(squares * scale * scale, 1e-12);
            sums.Products.Should().BeApproximately(products * scale, 1e-12);
            sums.Excess.Should().BeApproximately(excess * scale * scale, 1e-12 * excess * scale * scale);
            shares.Span[setting.Width + components - 1].Should().Be(0);
            shares.Span[(2 * setting.Width) + components - 1].Should().Be(0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Measure_OfAxesAlongWhichAllAreAsLong_IsNothing(string name)
    {
        Setting setting = new(3, 4);
        double[] panel = setting.Panel(name, setting.Axis(0));
        double[] shares = new double[3 * setting.Width];
        setting.Influences.CopyTo(shares, 0);

        KernelData.KernelsForRows(name, setting.Width).MeasureTurn(panel, panel, shares, 0).Should().Be(default(TurnSums));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Turn_OfTwoAxes_IsWhatTheTurnedAxesProjectTo(string name)
    {
        foreach ((int components, int d) in Sizes)
        {
            Setting setting = new(components, d);
            Guarded p = new(setting.PanelLength), q = new(setting.PanelLength);
            setting.Panel(name, setting.Axis(0)).CopyTo(p.Span);
            setting.Panel(name, setting.Axis(1)).CopyTo(q.Span);
            (double cosine, double sine) = (Math.Cos(0.4), Math.Sin(0.4));

            KernelData.KernelsForRows(name, setting.Width).Turn(p.Span, q.Span, setting.Width, cosine, sine);

            p.ShouldBeIntact("p");
            q.ShouldBeIntact("q");
            double[] first = [.. setting.Axis(0).Zip(setting.Axis(1), (a, b) => (cosine * a) - (sine * b))];
            double[] second = [.. setting.Axis(0).Zip(setting.Axis(1), (a, b) => (sine * a) + (cosine * b))];
            p.Span.ToArray().Zip(setting.Panel(name, first)).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-12 * d);
            q.Span.ToArray().Zip(setting.Panel(name, second)).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-12 * d);
        }
    }

    private static double[] Column(ReadOnlySpan<double> panel, int column, int width)
    {
        double[] values = new double[panel.Length / width];
        for (int row = 0; row < values.Length; row++)
            values[row] = panel[(row * width) + column];
        return values;
    }

    private static double Square(double[] values) => values.Sum(value => value * value);

    /// <summary>Components with roots, and axes.</summary>
    private sealed class Setting
    {
        private readonly int _components;
        private readonly int _d;
        private readonly double[][] _axes;

        public Setting(int components, int d)
        {
            KernelData data = new(d, 1);
            (_components, _d) = (components, d);
            Width = SideBySide.Width(components);
            _axes = [KernelData.Draw(d, data.Normal), KernelData.Draw(d, data.Normal)];
            Influences = KernelData.Draw(components, data.Uniform);
            Roots = new double[Triangle.Length(d) * Width];
            for (int at = 0; at < Triangle.Length(d); at++)
                for (int j = 0; j < components; j++)
                    Roots[(at * Width) + j] = data.Normal();
        }

        public int Width { get; }

        public int PanelLength => (_d + 2) * Width;

        public double[] Influences { get; }

        public double[] Roots { get; }

        public double[] Axis(int e) => _axes[e];

        public double[] Panel(string name, double[] axis)
        {
            double[] panel = new double[PanelLength];
            KernelData.KernelsForRows(name, Width).Project(Roots, axis, panel);
            return panel;
        }

        /// <summary>F_jᵀ v.</summary>
        public double[] Projected(int component, double[] axis) =>
            [.. Enumerable.Range(0, _d).Select(c => Enumerable.Range(c, _d - c).Sum(i => Roots[(Triangle.Index(i, c) * Width) + component] * axis[i]))];
    }
}
