using FluentAssertions;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>The cut of the rows: complete, on block boundaries, and a function of the shape.</summary>
public class ChunkGridTests
{
    public static TheoryData<long, int> Shapes
    {
        get
        {
            TheoryData<long, int> shapes = [];
            long[] counts = [1, 2, 191, 192, 193, 384, 385, 1000, 3071, 3072, 3073, 12_345, 1_000_000, 5_000_000_000, 1L << 40];
            foreach (long rows in counts)
                foreach (int columns in new[] { 1, 2, 16, 39, 64, 256, 100_000 })
                    shapes.Add(rows, columns);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Chunks_OfAnyShape_CoverEveryRowOnce(long rows, int columns)
    {
        ChunkGrid grid = new(rows, columns);

        grid.Count.Should().BeInRange(1, 64);
        grid.Start(0).Should().Be(0);
        grid.Start(grid.Count).Should().Be(rows);
        for (int chunk = 0; chunk < grid.Count; chunk++)
        {
            (grid.Start(chunk) % Panel.BlockSize).Should().Be(0, $"chunk {chunk} starts on a block");
            grid.Start(chunk + 1).Should().BeGreaterThan(grid.Start(chunk), $"chunk {chunk} has rows");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Chunks_OfAnyShape_AreAlikeToABlock(long rows, int columns)
    {
        ChunkGrid grid = new(rows, columns);
        long[] sizes = [.. Enumerable.Range(0, grid.Count).Select(chunk => grid.Start(chunk + 1) - grid.Start(chunk))];

        // The last chunk ends with the rows, inside its last block.
        (sizes.Max() - sizes.Min()).Should().BeLessThan(2 * Panel.BlockSize);
    }

    [Fact]
    public void Chunks_OfAShape_AreKnownOnceAndForAll()
    {
        // Models are the same bits for ever only while the cut is: to change these numbers is to change every fit's last digits.
        Starts(1000, 5).Should().Equal(0, 1000);
        Starts(2000, 5).Should().Equal(0, 960, 2000);
        Starts(20_000, 5).Should().Equal(
            0, 1152, 2496, 3648, 4992, 6144, 7488, 8640, 9984, 11_328, 12_480, 13_824, 14_976, 16_320, 17_472, 18_816, 20_000);
        Starts(700, 1000).Should().Equal(0, 192, 384, 576, 700);
        Starts(50_000, 64).Should().HaveCount(27).And.StartWith([0L, 1920, 3840, 5760, 7680]);
        Starts(1_000_000, 2).Should().HaveCount(65);
    }

    private static long[] Starts(long rows, int columns)
    {
        ChunkGrid grid = new(rows, columns);
        return [.. Enumerable.Range(0, grid.Count + 1).Select(grid.Start)];
    }
}
