using FluentAssertions;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace GaussianMixtures.Tests;

/// <summary>Accelerated EM ends where EM ends, in fewer passes, and its log-likelihood never falls on the way.</summary>
public class AccelerationTests
{
    private static readonly Dictionary<string, Acceleration> Kinds = new()
    {
        ["Anderson"] = Acceleration.Anderson,
        ["Squarem"] = Acceleration.Squarem,
    };

    public static TheoryData<string, string> FamiliesAndKinds
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (CovarianceType type in CovarianceType.All)
            {
                foreach (string kind in Kinds.Keys)
                {
                    data.Add(type.Name, kind);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FamiliesAndKinds))]
    public void Fit_Accelerated_EndsAsHighAsEmAndNeverFalls(string typeName, string kind)
    {
        int lower = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            double[,] x = Mixed(seed);
            GaussianMixture em = new(2 + (seed % 3))
            {
                CovarianceType = CovarianceType.Parse(typeName),
                Seed = seed,
                Tolerance = 1e-9,
                MaxIterations = 5000,
            };

            FitReport plain = em.Fit(x).Report!;
            FitReport accelerated = (em with { Acceleration = Kinds[kind] }).Fit(x).Report!;

            accelerated.LogLikelihoodTrace.Zip(accelerated.LogLikelihoodTrace.Skip(1), (before, after) => after - before)
                .Should().OnlyContain(gain => gain >= -1e-10 * Math.Abs(accelerated.LogLikelihood));
            accelerated.Passes.Should().BeGreaterThanOrEqualTo(accelerated.Iterations);
            lower += accelerated.LogLikelihood < plain.LogLikelihood - (1e-8 * x.GetLength(0)) ? 1 : 0;
        }

        lower.Should().Be(0);
    }

    /// <summary>
    /// Where the floor holds an estimate, the current covariances may be better, and EM stays there: a proposal has to, too, or it is refused
    /// again and again.
    /// </summary>
    [Theory]
    [InlineData("EVI", "Anderson")]
    [InlineData("EVI", "Squarem")]
    [InlineData("EVV", "Anderson")]
    [InlineData("EVV", "Squarem")]
    public void Fit_AcceleratedAtTheFloor_TakesNoMorePassesThanEm(string typeName, string kind)
    {
        int plain = 0;
        int accelerated = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            double[,] clouds = Overlapping(rows: 80, columns: 2, components: 3, separation: 2, seed);
            double[][] x = [.. Enumerable.Range(0, 80).Select(row => new[] { clouds[row, 0], 5 })];
            GaussianMixture em = new(3) { CovarianceType = CovarianceType.Parse(typeName), Initialization = Initialization.Hierarchical };

            plain += em.Fit(x).Report!.Passes;
            accelerated += (em with { Acceleration = Kinds[kind].StartingBelow(1e-3) }).Fit(x).Report!.Passes;
        }

        accelerated.Should().BeLessThan(plain);
    }

    /// <summary>EM takes 2800 to 9200 passes here, most of them past a saddle that extrapolation comes near to.</summary>
    [Theory]
    [InlineData(1055, "EII")]
    [InlineData(1132, "EEV")]
    [InlineData(1166, "VVE")]
    [InlineData(1081, "VVI")]
    public void Fit_Accelerated_DoesNotRestAtASaddle(int seed, string typeName)
    {
        double[,] x = Mixed(seed);
        GaussianMixture em = new(2 + (seed % 3)) { CovarianceType = CovarianceType.Parse(typeName), Seed = seed, MaxIterations = 20_000 };

        FitReport plain = em.Fit(x).Report!;
        FitReport accelerated = (em with { Acceleration = Acceleration.Anderson.StartingBelow(1e-4) }).Fit(x).Report!;

        accelerated.LogLikelihood.Should().BeGreaterThanOrEqualTo(plain.LogLikelihood - (em.Tolerance * x.GetLength(0)));
        accelerated.Passes.Should().BeLessThan(plain.Passes / 2);
    }

    [Fact]
    public void Fit_OfFourComponentsOneDeviationApart_TakesAFifthOfThePasses()
    {
        List<double> ratios = [];
        int lower = 0;
        for (int seed = 0; seed < 5; seed++)
        {
            double[,] x = Square(rows: 2000, seed);
            GaussianMixture em = new(4) { Seed = seed, Tolerance = 1e-8, MaxIterations = 100_000 };

            FitReport plain = em.Fit(x).Report!;
            FitReport accelerated = (em with { Acceleration = Acceleration.Anderson }).Fit(x).Report!;

            lower += accelerated.LogLikelihood < plain.LogLikelihood - (1e-8 * 2000) ? 1 : 0;
            ratios.Add((double)plain.Passes / accelerated.Passes);
        }

        // EM takes thousands of steps here because it passes saddles, and a run may be drawn to one: of 40 seeds one was, of these five
        // none, or one with other rounding.
        lower.Should().BeLessThanOrEqualTo(1);
        ratios.Order().ElementAt(2).Should().BeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void Fit_Accelerated_ExtrapolatesOnceStepsGainLessThanSaid()
    {
        double[,] x = Square(rows: 500, seed: 1);
        foreach (double gain in new[] { 1e-5, 1e-4, 1e-3, 1e-2, double.PositiveInfinity })
        {
            GaussianMixture plain = new(3) { Tolerance = 0, MaxIterations = 1000 };
            IReadOnlyList<double> em = plain.Fit(x).Report!.LogLikelihoodTrace;
            GaussianMixture estimator = plain with { Acceleration = new Bold().StartingBelow(gain) };
            IReadOnlyList<double> accelerated = estimator.Fit(x).Report!.LogLikelihoodTrace;

            int last = Enumerable.Range(1, em.Count - 1).First(step => em[step] - em[step - 1] < gain * 500);
            accelerated.Take(last + 1).Should().Equal(em.Take(last + 1));
            accelerated[last + 1].Should().NotBe(em[last + 1]);
        }

        new Bold().SettledGain.Should().Be(1e-5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-3)]
    [InlineData(double.NaN)]
    public void StartingBelow_WithoutAPositiveGain_Throws(double gain)
    {
        Action act = () => Acceleration.Anderson.StartingBelow(gain);

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"gain is {gain}. Use a positive log-likelihood per observation*");
    }

    [Fact]
    public void StartingBelow_OfEqualGains_IsEqual()
    {
        Acceleration started = Acceleration.Anderson.StartingBelow(1e-3);

        started.Should().Be(Acceleration.Anderson.StartingBelow(1e-3)).And.NotBe(Acceleration.Anderson.StartingBelow(2e-3))
            .And.NotBe(Acceleration.Squarem.StartingBelow(1e-3)).And.NotBe(Acceleration.Anderson);
        started.GetHashCode().Should().Be(Acceleration.Anderson.StartingBelow(1e-3).GetHashCode());
    }

    [Fact]
    public void Fit_WithoutAcceleration_TakesOnePassPerIteration()
    {
        FitReport report = new GaussianMixture(3).Fit(Square(rows: 300, seed: 1)).Report!;

        report.Passes.Should().Be(report.Iterations);
    }

    [Fact]
    public void Fit_Accelerated_IsTheSameForEveryThreadCount()
    {
        double[,] x = Overlapping(rows: 5000, columns: 4, components: 3, separation: 1, seed: 3);
        GaussianMixture estimator = new(3) { Acceleration = Acceleration.Anderson, MaxIterations = 60 };

        IReadOnlyList<double> one = (estimator with { MaxDegreeOfParallelism = 1 }).Fit(x).Report!.LogLikelihoodTrace;
        IReadOnlyList<double> three = (estimator with { MaxDegreeOfParallelism = 3 }).Fit(x).Report!.LogLikelihoodTrace;

        three.Should().Equal(one);
    }

    [Fact]
    public void Fit_WithProposalsThatAreNoMixture_StillEndsWhereEmDoes()
    {
        double[,] x = Square(rows: 300, seed: 1);
        GaussianMixture em = new(2) { Tolerance = 1e-6, MaxIterations = 20_000 };
        FitReport plain = em.Fit(x).Report!;
        Mad mad = new();

        FitReport accelerated = (em with { Acceleration = mad.StartingBelow(double.PositiveInfinity) }).Fit(x).Report!;

        accelerated.StopReason.Should().Be(StopReason.Converged);
        accelerated.LogLikelihood.Should().BeGreaterThanOrEqualTo(plain.LogLikelihood);
        (accelerated.LogLikelihoodTrace[^1] - accelerated.LogLikelihoodTrace[^2]).Should().BeGreaterThan(1e-6 * 1e-6 * 300, "it does not wait for rounding");
        mad.Refused.Should().BePositive();
    }

    [Theory]
    [InlineData("Anderson", new[] { 0.99, 0.9, 0.5, -0.2, 0.99, 0.9, 0.5, -0.2 })]
    [InlineData("Squarem", new[] { 0.99, 0.99, 0.99, 0.99, 0.99, 0.99, 0.99, 0.99 })] // one rate is what it assumes; others it leaves to EM
    public void Extrapolation_OfALinearMap_FindsItsFixedPoint(string kind, double[] rates)
    {
        // x -> b + A x with contraction rates up to 0.99: plain iteration is at 0.99^40 = 0.67 of its start after 40 steps.
        double[] fixedPoint = [1, -2, 3, 0.5, 2, 3, -4, -0.25];
        IExtrapolation extrapolation = Kinds[kind].Begin(rates.Length)!;
        double[] x = new double[rates.Length], image = new double[rates.Length], proposal = new double[rates.Length];

        for (int step = 0; step < 40; step++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                image[i] = fixedPoint[i] + (rates[i] * (x[i] - fixedPoint[i]));
            }

            (extrapolation.Propose(x, image, proposal) ? proposal : image).CopyTo(x, 0);
        }

        for (int i = 0; i < x.Length; i++)
        {
            x[i].Should().BeApproximately(fixedPoint[i], 1e-8);
        }
    }

    /// <summary>EM's own step, once; then what no mixture has as coordinates.</summary>
    private sealed class Mad : Acceleration, IExtrapolation
    {
        private bool _hasProposed;

        public int Refused { get; private set; }

        protected internal override IExtrapolation Begin(int length) => this;

        public bool Propose(ReadOnlySpan<double> point, ReadOnlySpan<double> image, Span<double> proposal)
        {
            image.CopyTo(proposal);
            proposal[^1] = _hasProposed ? 1e200 : proposal[^1];
            _hasProposed = true;
            return true;
        }

        public void Refuse() => Refused++;
    }

    /// <summary>A little farther than EM, each time.</summary>
    private sealed class Bold : Acceleration, IExtrapolation
    {
        protected internal override IExtrapolation Begin(int length) => this;

        public bool Propose(ReadOnlySpan<double> point, ReadOnlySpan<double> image, Span<double> proposal)
        {
            for (int i = 0; i < proposal.Length; i++)
            {
                proposal[i] = point[i] + (1.2 * (image[i] - point[i]));
            }

            return true;
        }

        public void Refuse()
        {
        }
    }

    /// <summary>Four unit clouds at the corners of a unit square.</summary>
    private static double[,] Square(int rows, int seed)
    {
        Random random = new Xoshiro256StarStar(seed, threadSafe: false);
        double[,] x = new double[rows, 2];
        for (int row = 0; row < rows; row++)
        {
            int corner = random.Next(4);
            x[row, 0] = (corner & 1) + Normal.Sample(random, 0, 1);
            x[row, 1] = (corner >> 1) + Normal.Sample(random, 0, 1);
        }

        return x;
    }

    /// <summary>Two to four clouds in one to four columns, more or less apart.</summary>
    private static double[,] Mixed(int seed)
    {
        Random random = new Xoshiro256StarStar(seed, threadSafe: false);
        return Overlapping(rows: 200 + random.Next(300), columns: 1 + random.Next(4), components: 2 + random.Next(3),
            separation: 0.5 + (2 * random.NextDouble()), seed);
    }

    private static double[,] Overlapping(int rows, int columns, int components, double separation, int seed)
    {
        Random random = new Xoshiro256StarStar(seed, threadSafe: false);
        double[] centres = Normal.Samples(random, 0, separation).Take(components * columns).ToArray();
        double[,] x = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            int j = random.Next(components);
            for (int i = 0; i < columns; i++)
            {
                x[row, i] = centres[(j * columns) + i] + Normal.Sample(random, 0, 1 + (0.5 * j));
            }
        }

        return x;
    }
}
