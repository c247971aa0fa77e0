using FluentAssertions;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Tests;

/// <summary>The same bits whatever the order in which the parts come, and every part once.</summary>
public class OrderedSumTests
{
    public static TheoryData<int> Counts => [.. Enumerable.Range(1, 17)];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Total_InAnyOrder_IsThePairwiseSum(int count)
    {
        double[] values = Values(count);
        long expected = BitConverter.DoubleToInt64Bits(Pairwise(values));
        Random random = new(count);
        int[] positions = [.. Enumerable.Range(0, count)];

        for (int round = 0; round < 300; round++)
        {
            OrderedSum<Part> sum = Create(count);
            foreach (int position in positions)
                sum.Add(position, new Part(values[position]));

            BitConverter.DoubleToInt64Bits(sum.Total.Value).Should().Be(expected);
            sum.Total.Count.Should().Be(count);
            random.Shuffle(positions);
        }
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Total_FromManyThreads_IsThePairwiseSum(int count)
    {
        double[] values = Values(count);
        long expected = BitConverter.DoubleToInt64Bits(Pairwise(values));
        const int Threads = 4;

        for (int round = 0; round < 30; round++)
        {
            OrderedSum<Part> sum = Create(count);
            int[] positions = [.. Enumerable.Range(0, count)];
            new Random(round).Shuffle(positions);
            int next = -1;
            using Barrier start = new(Threads);
            Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                for (int at = Interlocked.Increment(ref next); at < count; at = Interlocked.Increment(ref next))
                    sum.Add(positions[at], new Part(values[positions[at]]));
            }))];
            foreach (Thread thread in threads)
                thread.Start();
            foreach (Thread thread in threads)
                thread.Join();

            BitConverter.DoubleToInt64Bits(sum.Total.Value).Should().Be(expected);
            sum.Total.Count.Should().Be(count);
        }
    }

    [Fact]
    public void Values_OfTheseTests_ShowTheOrder()
    {
        // Otherwise nothing above would be proved: added from left to right they round differently.
        int[] telling = [.. Enumerable.Range(3, 15).Where(count => Values(count).Sum() != Pairwise(Values(count)))];

        telling.Should().HaveCountGreaterThan(8);
    }

    [Fact]
    public void Add_ToAPairThatIsThere_MergesAtOnceIntoTheLeft()
    {
        List<(int Left, int Right)> merged = [];
        OrderedSum<Part> sum = new(4, (left, right) =>
        {
            merged.Add(((int)left.Value, (int)right.Value));
            left.Add(right);
        });

        sum.Add(3, new Part(8));
        sum.Add(0, new Part(1));
        merged.Should().BeEmpty();
        sum.Add(2, new Part(4));
        merged.Should().Equal((4, 8));
        sum.Add(1, new Part(2));
        merged.Should().Equal((4, 8), (1, 2), (3, 12));
    }

    /// <summary>Of magnitudes that make rounding depend on the order.</summary>
    private static double[] Values(int count)
    {
        Random random = new(100 + count);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * Math.Pow(10, random.Next(3)))];
    }

    private static double Pairwise(double[] values) => values.Length == 1
        ? values[0]
        : Pairwise([.. values.Chunk(2).Select(pair => pair.Length == 2 ? pair[0] + pair[1] : pair[0])]);

    private static OrderedSum<Part> Create(int count) => new(count, (left, right) => left.Add(right));

    private sealed class Part(double value)
    {
        public double Value { get; private set; } = value;

        public int Count { get; private set; } = 1;

        public void Add(Part other)
        {
            Value += other.Value;
            Count += other.Count;
        }
    }
}
