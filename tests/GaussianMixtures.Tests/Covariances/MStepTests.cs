using FluentAssertions;
using GaussianMixtures.Covariances;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Each family's M-step on random weights and scatters: in the family, the best of it, and in line with the others.</summary>
public class MStepTests
{
    private static readonly (int K, int D)[] Sizes = [(1, 1), (1, 3), (2, 1), (2, 2), (3, 3), (5, 2), (4, 6), (9, 4)];

    public static TheoryData<string> Types => Families.All;

    private static bool IsNested(CovarianceType inner, CovarianceType outer) =>
        inner.Name.Zip(outer.Name).All(letters => "IEV".IndexOf(letters.First) <= "IEV".IndexOf(letters.Second));

    /// <summary>Every pair of families of which the first allows less in volume, shape and orientation.</summary>
    public static TheoryData<string, string> NestedPairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (CovarianceType inner in CovarianceType.All)
                foreach (CovarianceType outer in CovarianceType.All)
                    if (inner != outer && IsNested(inner, outer))
                        pairs.Add(inner.Name, outer.Name);
            return pairs;
        }
    }

    [Fact]
    public void Contains_IsWhatTheLettersSay()
    {
        foreach (CovarianceType inner in CovarianceType.All)
            foreach (CovarianceType outer in CovarianceType.All)
                outer.Contains(inner).Should().Be(IsNested(inner, outer), $"{inner} in {outer}");

        ((Action)(() => CovarianceType.EEE.Contains(null!))).Should().Throw<ArgumentNullException>().WithParameterName("other");
    }

    /// <summary>The covariances of one family, made scatters, are their own estimate where the family is contained: and only there.</summary>
    [Fact]
    public void Contains_HoldsForCovariancesOfTheFamily()
    {
        MStepProblem problem = Problems(seeds: 1).Single(one => one.Weights.Length == 3 && one.Dimension == 3);
        foreach (CovarianceType inner in CovarianceType.All)
        {
            Matrix<double>[] covariances = problem.Estimate(inner);
            MStepProblem own = problem with { Scatters = [.. covariances.Select((covariance, j) => problem.Weights[j] * covariance)] };
            foreach (CovarianceType outer in CovarianceType.All)
            {
                double apart = own.Estimate(outer).Zip(covariances, (one, other) => (one - other).L2Norm() / other.L2Norm()).Max();
                (apart < 1e-4).Should().Be(outer.Contains(inner), $"{inner} in {outer}: {apart}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(NestedPairs))]
    public void Estimate_OfALargerFamily_IsNeverWorse(string inner, string outer)
    {
        foreach (MStepProblem problem in Problems(seeds: 8))
        {
            double less = problem.Objective(problem.Estimate(CovarianceType.Parse(inner)));
            double more = problem.Objective(problem.Estimate(CovarianceType.Parse(outer)));

            more.Should().BeGreaterThanOrEqualTo(less - (1e-10 * Math.Max(1, Math.Abs(less))), $"{problem.Weights.Length} x {problem.Dimension}");
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Estimate_OfRandomScatters_CannotBeImprovedWithinTheFamily(string typeName)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        var random = new Random(9);
        foreach (MStepProblem problem in Problems(seeds: 2))
        {
            Matrix<double>[] estimate = problem.Estimate(type);
            double best = problem.Objective(estimate);
            foreach (double size in new[] { 1e-3, 1e-2, 0.1, 0.5 })
            {
                for (int attempt = 0; attempt < 10; attempt++)
                {
                    // Anything nearby, brought into the family by the family itself.
                    MStepProblem moved = problem with
                    {
                        Scatters = [.. estimate.Select((covariance, j) => problem.Weights[j] * Moved(covariance, size, random))],
                    };
                    problem.Objective(moved.Estimate(type)).Should().BeLessThanOrEqualTo(best + (1e-10 * Math.Max(1, Math.Abs(best))));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Estimate_OfItself_IsItself(string typeName)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        foreach (MStepProblem problem in Problems(seeds: 4))
        {
            Matrix<double>[] estimate = problem.Estimate(type);

            Matrix<double>[] again = (problem with { Scatters = [.. estimate.Select((matrix, j) => problem.Weights[j] * matrix)] }).Estimate(type);

            for (int j = 0; j < estimate.Length; j++)
                (again[j] - estimate[j]).FrobeniusNorm().Should().BeLessThan(1e-10 * estimate[j].FrobeniusNorm());
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Estimate_OfRandomScatters_HasWhatTheLettersSay(string typeName)
    {
        foreach (MStepProblem problem in Problems(seeds: 3))
        {
            Matrix<double>[] estimate = problem.Estimate(CovarianceType.Parse(typeName));
            double[] volumes = [.. estimate.Select(matrix => Math.Pow(matrix.Determinant(), 1.0 / problem.Dimension))];
            double[][] lengths = [.. estimate.Select((matrix, j) => matrix.Evd().EigenValues.Select(value => value.Real / volumes[j]).ToArray())];

            if (typeName[0] == 'E')
                volumes.Should().OnlyContain(volume => Math.Abs(volume - volumes[0]) < 1e-9 * volumes[0]);
            if (typeName[1] == 'E')
                lengths.Should().OnlyContain(own => own.Zip(lengths[0]).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9 * pair.Second));
            if (typeName[1] == 'I')
                lengths.Should().OnlyContain(own => own.All(length => Math.Abs(length - 1) < 1e-9));
            if (typeName[2] == 'I')
                estimate.Should().OnlyContain(matrix => matrix.EnumerateIndexed().All(entry => entry.Item1 == entry.Item2 || entry.Item3 == 0));
            if (typeName[2] == 'E')
                estimate.Should().OnlyContain(matrix =>
                    ((matrix * estimate[0]) - (estimate[0] * matrix)).FrobeniusNorm() < 1e-9 * matrix.FrobeniusNorm() * estimate[0].FrobeniusNorm());
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Estimate_OfScaledScatters_IsScaledExactly(string typeName)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        foreach (MStepProblem problem in Problems(seeds: 2))
        {
            foreach (int exponent in new[] { -980, -3, 4, 980 })
            {
                // Even exponents: that is what data times a power of two makes of a variance.
                double factor = Math.ScaleB(1, 2 * (exponent / 2));
                Matrix<double>[] expected = [.. problem.Estimate(type).Select(matrix => factor * matrix)];

                problem.Scaled(factor).Estimate(type).Should().Equal(expected, $"times 2^{exponent}");
            }
        }
    }

    /// <summary>What iterates may begin where an earlier estimate ended, however little the scatters have to do with each other.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void Reestimate_AfterOtherScatters_NeverLoses(string typeName)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        foreach ((MStepProblem before, MStepProblem after) in Problems(seeds: 6).Zip(Problems(seeds: 6).Select(Changed)))
        {
            ComponentCovariances covariances = ComponentCovariances.From(type.Estimate(before.ScattersFor(type)));
            double height = after.Objective(MStepProblem.Matrices(covariances));
            for (int step = 0; step < 3; step++)
            {
                covariances = type.Reestimate(after.ScattersFor(type), covariances);
                double next = after.Objective(MStepProblem.Matrices(covariances));

                next.Should().BeGreaterThanOrEqualTo(height - (1e-10 * Math.Max(1, Math.Abs(height))), $"step {step}");
                height = next;
            }
        }
    }

    /// <summary>
    /// Long and thin components leave a narrow valley: sweep after sweep of pairs goes a little farther along it, and steps of EM would be
    /// hundreds, where they could be tens.
    /// </summary>
    [Theory]
    [InlineData("EVE", 40)]
    [InlineData("VVE", 40)]
    public void Reestimate_OfLongThinComponents_GetsOn(string typeName, int most)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        List<int> steps = [];
        for (int seed = 0; seed < 9; seed++)
        {
            MStepProblem problem = MStepProblem.Thin(5, 7, seed);
            ComponentScatters scatters = problem.ScattersFor(type);
            ComponentCovariances found = ComponentCovariances.From(type.Estimate(MStepProblem.Thin(5, 7, 100 + seed).ScattersFor(type)));
            double former = double.NegativeInfinity;
            double objective = double.MinValue;
            int step = 0;
            for (; objective - former > 1e-6 * problem.Weights.Sum() && step < 1000; step++)
            {
                found = type.Reestimate(scatters, found);
                (former, objective) = (objective, problem.Objective(MStepProblem.Matrices(found)));
                objective.Should().BeGreaterThanOrEqualTo(former - (1e-9 * Math.Abs(former)));
            }

            steps.Add(step);
        }

        steps.Order().ElementAt(4).Should().BeLessThanOrEqualTo(most, string.Join(' ', steps));
    }

    [Theory]
    [InlineData("VEI")]
    [InlineData("VEE")]
    [InlineData("VEV")]
    public void Reestimate_OfOneShapeInSeveralSizes_FindsTheOneMaximumFromAnywhere(string typeName)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        foreach ((MStepProblem before, MStepProblem after) in Problems(seeds: 6).Zip(Problems(seeds: 6).Select(Changed)))
        {
            Matrix<double>[] expected = after.Estimate(type);

            Matrix<double>[] found = MStepProblem.Matrices(type.Reestimate(after.ScattersFor(type), ComponentCovariances.From(type.Estimate(before.ScattersFor(type)))));

            for (int j = 0; j < expected.Length; j++)
                (found[j] - expected[j]).FrobeniusNorm().Should().BeLessThan(1e-7 * expected[j].FrobeniusNorm());
        }
    }

    /// <summary>A component that died has its former covariance with next to no weight: what the others make of theirs is not its concern.</summary>
    [Theory]
    [InlineData("VEI")]
    [InlineData("VEE")]
    [InlineData("VEV")]
    public void Estimate_WithAComponentOfNoWeight_IsThatOfTheOthers(string typeName)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        foreach ((MStepProblem others, int seed) in Problems(seeds: 60).Select((problem, seed) => (problem, seed)))
        {
            MStepProblem empty = MStepProblem.Random(4, others.Dimension, 77 + seed);
            const double negligible = 1e-200;
            MStepProblem all = new([.. empty.Weights.Select(_ => negligible), .. others.Weights],
                [.. empty.Scatters.Select(scatter => negligible * scatter), .. others.Scatters]);
            Matrix<double>[] expected = others.Estimate(type);

            Matrix<double>[] estimate = all.Estimate(type);

            for (int j = 0; j < expected.Length; j++)
                (estimate[j + 4] - expected[j]).FrobeniusNorm().Should().BeLessThan(1e-7 * expected[j].FrobeniusNorm());
        }
    }

    /// <summary>λ_j = tr(C⁻¹W_j) / (d N_j) and C = Σ_j (W_j / λ_j) / Σ_j N_j, in turns and a thousand times: slow, and obviously right.</summary>
    [Fact]
    public void Estimate_OfOneEllipsoidInSeveralSizes_IsWhatTakingTurnsComesTo()
    {
        foreach (MStepProblem problem in Problems(seeds: 4))
        {
            double[] volumes = [.. problem.Weights.Select(_ => 1.0)];
            Matrix<double> shape = Matrix<double>.Build.DenseIdentity(problem.Dimension);
            for (int turn = 0; turn < 1000; turn++)
            {
                shape = problem.Scatters.Select((scatter, j) => scatter / volumes[j]).Aggregate((a, b) => a + b) / problem.Weights.Sum();
                volumes = [.. problem.Scatters.Select((scatter, j) => (shape.Inverse() * scatter).Trace() / problem.Weights[j] / problem.Dimension)];
            }

            Matrix<double>[] estimate = problem.Estimate(CovarianceType.VEE);

            for (int j = 0; j < estimate.Length; j++)
                (estimate[j] - (volumes[j] * shape)).FrobeniusNorm().Should().BeLessThan(1e-7 * estimate[j].FrobeniusNorm());
        }
    }

    /// <summary>Two components that share axes, with pooled scatters that do not show them.</summary>
    [Theory]
    [InlineData("EVE")]
    [InlineData("VVE")]
    public void Estimate_WhereThePooledScatterIsRound_FindsTheCommonAxes(string typeName)
    {
        Matrix<double> turn = Matrix<double>.Build.DenseOfArray(new[,] { { 0.6, -0.8 }, { 0.8, 0.6 } });
        Matrix<double>[] crossed =
        [
            .. new[] { (4.0, 1.0), (1.0, 4.0) }.Select(sizes =>
                turn * Matrix<double>.Build.DenseOfDiagonalArray([sizes.Item1, sizes.Item2]) * turn.Transpose()),
        ];
        MStepProblem problem = new([1, 1], [.. crossed.Select(matrix => (matrix + matrix.Transpose()) / 2)]);

        Matrix<double>[] estimate = problem.Estimate(CovarianceType.Parse(typeName));

        for (int j = 0; j < 2; j++)
            (estimate[j] - problem.Scatters[j]).FrobeniusNorm().Should().BeLessThan(1e-12);
    }

    private static IEnumerable<MStepProblem> Problems(int seeds) =>
        Sizes.SelectMany(size => Enumerable.Range(0, seeds).Select(seed => MStepProblem.Random(size.K, size.D, seed)));

    /// <summary>The same size, and nothing else of it.</summary>
    private static MStepProblem Changed(MStepProblem problem, int seed) => MStepProblem.Random(problem.Weights.Length, problem.Dimension, 1000 + seed);

    private static Matrix<double> Moved(Matrix<double> covariance, double size, Random random)
    {
        int d = covariance.RowCount;
        Matrix<double> push = Matrix<double>.Build.DenseIdentity(d) + Matrix<double>.Build.DenseOfArray(SyntheticData.Normal(random, d, d, size / Math.Sqrt(d)));
        Matrix<double> moved = push * covariance * push.Transpose();
        return (moved + moved.Transpose()) / 2;
    }
}
