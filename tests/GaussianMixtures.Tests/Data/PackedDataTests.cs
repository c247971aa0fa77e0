using FluentAssertions;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Rows become packed blocks; those of small data once for all passes.</summary>
public class PackedDataTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(192, 2)]
    [InlineData(500, 5)]
    public void Kept_OfFewRows_GivesTheSameBlocksWithoutReadingAgain(int rows, int columns)
    {
        double[,] x = SyntheticData.Normal(new Random(rows), rows, columns, 3);
        double[] weights = [.. Enumerable.Range(0, rows).Select(row => row % 3 == 1 ? 0.0 : 1 + (row % 5))];
        foreach (double[]? given in new[] { null, weights })
        {
            Packing packing = new([.. Enumerable.Range(1, columns).Select(i => 0.1 * i)], 3);
            CountedObservations counted = new(x);
            PackedData kept = new PackedData(counted, packing, given).Kept();
            int reads = counted.Reads;

            Blocks(kept).Should().Equal(Blocks(new PackedData(x, packing, given)));
            Blocks(kept).Should().Equal(Blocks(new PackedData(x, packing, given)));
            counted.Reads.Should().Be(reads);
        }
    }

    [Theory]
    [InlineData(70_000, 2)]
    [InlineData(10, 10_000)] // a block has room for 192
    public void Kept_OfWhatTakesMuchMemory_ReadsItEachTime(int rows, int columns)
    {
        CountedObservations counted = new(new double[rows, columns]);
        PackedData kept = new PackedData(counted, Packing.Identity(columns)).Kept();

        counted.Reads.Should().Be(0);
        Blocks(kept);
        counted.Reads.Should().Be((rows + Panel.BlockSize - 1) / Panel.BlockSize);
    }

    [Fact]
    public void Kept_WhatAVisitorWritesIntoABlock_IsNotKept()
    {
        PackedData kept = new PackedData(SyntheticData.Normal(new Random(1), 300, 2, 1), Packing.Identity(2)).Kept();
        List<double> before = Blocks(kept);

        kept.Visit(0, 0, (in block, in workspace) => workspace.Samples.Clear(), CancellationToken.None);

        Blocks(kept).Should().Equal(before);
    }

    /// <summary>All that a visitor sees of every block.</summary>
    private static List<double> Blocks(PackedData data)
    {
        List<double> seen = [];
        for (int chunk = 0; chunk < data.Grid.Count; chunk++)
        {
            data.Visit(chunk, 0, (in block, in _) =>
            {
                seen.Add(block.FirstRow);
                seen.Add(block.Count);
                for (int i = 0; i < data.Dimension; i++)
                {
                    seen.AddRange(block.Panel.Slice(i * Panel.Stride, block.Width));
                }

                seen.AddRange(block.Weights);
            }, CancellationToken.None);
        }

        return seen;
    }

    private sealed class CountedObservations(double[,] x) : Observations(x.GetLength(0), x.GetLength(1))
    {
        private readonly Observations _of = x;

        public int Reads { get; private set; }

        internal override void CopyTo(long firstRow, int count, Span<double> panel)
        {
            Reads++;
            _of.CopyTo(firstRow, count, panel);
        }
    }
}
