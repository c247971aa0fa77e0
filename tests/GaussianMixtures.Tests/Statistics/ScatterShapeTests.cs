using FluentAssertions;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Tests;

/// <summary>What each shape leaves of a pass is the scatter about the components' means, wherever the centres were.</summary>
public class ScatterShapeTests
{
    private const int K = 3;

    private static ScatterShape[] All =>
    [
        ScatterShape.None, ScatterShape.Trace, ScatterShape.Diagonal, ScatterShape.Full, ScatterShape.Pooled,
        ScatterShape.Pooled.ForReach(() => 1), ScatterShape.Diagonal.ForReach(() => 1), ScatterShape.Trace.ForReach(() => 1),
    ];

    public static TheoryData<int, int> Shapes
    {
        get
        {
            TheoryData<int, int> shapes = [];
            foreach (int d in new[] { 1, 2, 3, 4, 5, 8, 13, 33 })
                foreach (int n in new[] { 5, 47, 192, 500 })
                    shapes.Add(d, n);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Full_OfAnyShape_IsEachComponentsScatter(int d, int n)
    {
        Case data = new(d, n);
        MixtureStatistics statistics = data.Accumulate(ScatterShape.Full);

        for (int j = 0; j < K; j++)
            data.ShouldBe(Triangle.ToMatrix(statistics.Scatter[ScatterShape.Full.Slice(j, d)], d).ToArray(), data.Scatter(j));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void DiagonalAndTrace_OfAnyShape_AreThoseOfTheFullScatter(int d, int n)
    {
        Case data = new(d, n);
        DiagonalAndTraceShouldBeRight(data, d, ScatterShape.Diagonal, ScatterShape.Trace);
        DiagonalAndTraceShouldBeRight(data, d, ScatterShape.Diagonal.ForReach(() => 1), ScatterShape.Trace.ForReach(() => 1));
    }

    private static void DiagonalAndTraceShouldBeRight(Case data, int d, ScatterShape diagonalShape, ScatterShape traceShape)
    {
        MixtureStatistics diagonal = data.Accumulate(diagonalShape);
        MixtureStatistics trace = data.Accumulate(traceShape);

        for (int j = 0; j < K; j++)
        {
            double[,] scatter = data.Scatter(j);
            double sum = 0;
            for (int i = 0; i < d; i++)
            {
                ModelAssertions.Close(diagonal.Scatter[(j * d) + i], scatter[i, i], data.Size, 1e-12, $"diagonal {i} of {j}");
                sum += scatter[i, i];
            }

            ModelAssertions.Close(trace.Scatter[j], sum, d * data.Size, 1e-12, $"trace of {j}");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pooled_AboutCentresAndAboutTheOrigin_AreTheSumOfAll(int d, int n)
    {
        Case data = new(d, n);
        ScatterShape aboutOrigin = ScatterShape.Pooled.ForReach(() => 1);
        aboutOrigin.Should().NotBeSameAs(ScatterShape.Pooled);
        double[,] expected = new double[d, d];
        for (int j = 0; j < K; j++)
            Add(expected, data.Scatter(j));

        data.ShouldBe(Triangle.ToMatrix(data.Accumulate(ScatterShape.Pooled).Scatter, d).ToArray(), expected);
        data.ShouldBe(Triangle.ToMatrix(data.Accumulate(aboutOrigin).Scatter, d).ToArray(), expected);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Means_OfAnyShape_AreThoseOfTheComponents(int d, int n)
    {
        Case data = new(d, n);
        foreach (ScatterShape shape in All)
        {
            double[] means = data.Accumulate(shape).Means(new double[data.Means.Length]);
            for (int at = 0; at < means.Length; at++)
                ModelAssertions.Close(means[at], data.Means[at], 10, 1e-12, $"mean {at} of {shape}");
        }
    }

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(99.0, false)]
    [InlineData(101.0, true)]
    [InlineData(1e6, true)]
    [InlineData(double.PositiveInfinity, true)]
    [InlineData(double.NaN, true)]
    public void FarClusters_AreTakenAboutTheirCentres(double reach, bool centred)
    {
        foreach (ScatterShape shape in new[] { ScatterShape.Pooled, ScatterShape.Diagonal, ScatterShape.Trace })
            ReferenceEquals(shape.ForReach(() => reach), shape).Should().Be(centred);
    }

    [Fact]
    public void Others_ForAnyReach_StayWhatTheyAre()
    {
        foreach (ScatterShape shape in new[] { ScatterShape.None, ScatterShape.Full })
            shape.ForReach(() => throw new InvalidOperationException("costs a whitening and is not needed")).Should().BeSameAs(shape);
    }

    [Fact]
    public void Pooled_OfClustersAMillionDeviationsApart_KeepsTheirVariance()
    {
        Case data = new(3, 500, separation: 1e6);
        double[,] expected = new double[3, 3];
        for (int j = 0; j < K; j++)
            Add(expected, data.Scatter(j));

        double[,] centred = Triangle.ToMatrix(data.Accumulate(ScatterShape.Pooled).Scatter, 3).ToArray();
        double[,] aboutOrigin = Triangle.ToMatrix(data.Accumulate(ScatterShape.Pooled.ForReach(() => 1)).Scatter, 3).ToArray();

        Worst(centred, expected).Should().BeLessThan(1e-9);
        // This is why: moments about the origin have lost what is asked for.
        Worst(aboutOrigin, expected).Should().BeGreaterThan(1e-7);
    }

    [Fact]
    public void Recentre_OfAnEmptyComponent_LeavesNothing()
    {
        foreach (ScatterShape shape in All)
        {
            MixtureStatistics statistics = new(2, 3, shape, [1, 2, 3, 4, 5, 6]);

            shape.Recentre(statistics);

            statistics.Scatter.ContainsAnyExcept(0.0).Should().BeFalse();
            statistics.Means([6, 5, 4, 3, 2, 1]).Should().Equal(6, 5, 4, 3, 2, 1);
        }
    }

    [Fact]
    public void Add_OfTwoHalves_IsTheWhole()
    {
        Case data = new(4, 384);
        MixtureStatistics whole = data.Sum(ScatterShape.Full, 0, 384), first = data.Sum(ScatterShape.Full, 0, 192);
        first.LogLikelihood = 1.5;

        first.Add(data.Sum(ScatterShape.Full, 192, 384));

        first.LogLikelihood.Should().Be(1.5);
        first.Weights.ToArray().Should().Equal(whole.Weights.ToArray());
        first.Scatter.ToArray().Should().Equal(whole.Scatter.ToArray());
        first.FirstMoment(2).ToArray().Should().Equal(whole.FirstMoment(2).ToArray());
    }

    private static double Worst(double[,] actual, double[,] expected) =>
        actual.Cast<double>().Zip(expected.Cast<double>(), (a, b) => Math.Abs(a - b)).Max() / expected[0, 0];

    private static void Add(double[,] target, double[,] addend)
    {
        for (int a = 0; a < target.GetLength(0); a++)
            for (int b = 0; b < target.GetLength(1); b++)
                target[a, b] += addend[a, b];
    }

    /// <summary>Weighted rows with soft shares, their centres a little off their means, and the plain answers.</summary>
    private sealed class Case
    {
        private readonly int _n;
        private readonly double[,] _x;
        private readonly double[,] _shares;
        private readonly double[] _weights;
        private readonly double[] _centres;

        public Case(int d, int n, double separation = 4)
        {
            Random random = new(d + n);
            _n = n;
            _x = SyntheticData.Normal(random, n, d, 1);
            _shares = new double[n, K];
            _weights = [.. Enumerable.Range(0, n).Select(_ => 0.5 + random.NextDouble())];
            for (int i = 0; i < n; i++)
            {
                // Soft where clusters touch; where they are far apart a row's share elsewhere would swamp the scatter.
                double[] share = new double[K];
                for (int j = 0; j < K; j++)
                    share[j] = (j == i % K ? 2 : 0) + (separation > 100 ? 0 : random.NextDouble());
                for (int j = 0; j < K; j++)
                    _shares[i, j] = _weights[i] * share[j] / share.Sum();
                for (int c = 0; c < d; c++)
                    _x[i, c] += separation * (i % K);
            }

            Means = new double[K * d];
            for (int j = 0; j < K; j++)
                for (int c = 0; c < d; c++)
                    Means[(j * d) + c] = Enumerable.Range(0, n).Sum(i => _shares[i, j] * _x[i, c]) / Weight(j);
            _centres = Array.ConvertAll(Means, mean => mean + (0.1 * SyntheticData.Normal(random)));
            Size = n * (1 + (separation > 100 ? 1 : separation * separation));
        }

        public double[] Means { get; }

        /// <summary>A bound on what was added up.</summary>
        public double Size { get; }

        private int D => _x.GetLength(1);

        public double[,] Scatter(int component)
        {
            double[,] scatter = new double[D, D];
            for (int i = 0; i < _n; i++)
                for (int a = 0; a < D; a++)
                    for (int b = 0; b < D; b++)
                        scatter[a, b] += _shares[i, component] * Deviation(i, component, a) * Deviation(i, component, b);
            return scatter;
        }

        /// <summary>As a pass does: block by block, then about the means.</summary>
        public MixtureStatistics Accumulate(ScatterShape shape)
        {
            MixtureStatistics statistics = Sum(shape, 0, _n);
            shape.Recentre(statistics);
            return statistics;
        }

        public MixtureStatistics Sum(ScatterShape shape, int from, int to)
        {
            PackedData data = new(_x, Packing.Identity(D), _weights);
            WorkspaceSpans spans = new Workspace(K, D).SpansFor(K);
            // What an earlier kernel left behind does not matter.
            spans.Scratch.Fill(double.NaN);
            MixtureStatistics statistics = new(K, D, shape, shape.Centres(_centres, new double[K * D]));
            for (int row = from; row < to; row += Panel.BlockSize)
            {
                RowBlock block = data.Read(row, Math.Min(Panel.BlockSize, to - row), spans.Samples, spans.Weights);
                spans.Responsibilities.Clear();
                for (int j = 0; j < K; j++)
                {
                    Span<double> shares = spans.Responsibilities.Slice(j * Panel.Stride, block.Width);
                    for (int s = 0; s < block.Count; s++)
                        shares[s] = _shares[row + s, j];

                }

                VectorKernels.Best.RowSums(spans.Responsibilities, block.Width, statistics.Weights);
                shape.Accumulate(block, spans.Responsibilities, spans.Scratch, statistics);
            }

            return statistics;
        }

        public void ShouldBe(double[,] actual, double[,] expected)
        {
            for (int a = 0; a < D; a++)
                for (int b = 0; b < D; b++)
                    ModelAssertions.Close(actual[a, b], expected[a, b], Size, 1e-12, $"scatter {a},{b}");
        }

        private double Deviation(int row, int component, int column) => _x[row, column] - Means[(component * D) + column];

        private double Weight(int component) => Enumerable.Range(0, _n).Sum(i => _shares[i, component]);
    }
}
