using System.Runtime.CompilerServices;
using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Where numbers stand: panels, triangles, and the memory below them.</summary>
public class LayoutTests
{
    [Fact]
    public void TransposeRows_OfEveryShape_MovesEveryBit()
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            double[] rows = KernelData.Draw(data.Count * data.D, data.Normal);
            Guarded panel = new(data.D * Panel.Stride, fill: double.NaN);

            Transpose.Rows(ref rows[0], data.Count, data.D, panel.Span);

            for (int i = 0; i < data.D; i++)
            {
                for (int s = 0; s < Panel.Stride; s++)
                {
                    double expected = s < data.Count ? rows[(s * data.D) + i] : double.NaN;
                    bool same = panel[(i * Panel.Stride) + s].Equals(expected);
                    same.Should().BeTrue($"({i}, {s}) is row {s} of column {i}, d = {data.D}, count = {data.Count}");
                }
            }

            panel.ShouldBeIntact("panel");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    [InlineData(12_345)]
    [InlineData(2_000_000)]
    public void AlignedBuffer_OfAnyLength_StaysOnACacheLineAndIsZero(int length)
    {
        // Not one by chance: several, and still so after a collection that moves what may be moved.
        AlignedBuffer[] buffers = [.. Enumerable.Range(0, 9).Select(_ => new AlignedBuffer(length))];
        GC.Collect();
        foreach (AlignedBuffer buffer in buffers)
        {
            buffer.Length.Should().Be(length);
            buffer.Span.Length.Should().Be(length);
            buffer.Span.ContainsAnyExcept(0.0).Should().BeFalse();
            (Unsafe.ByteOffset(ref Unsafe.NullRef<double>(), ref buffer.Span[0]) % 64).Should().Be(0);
        }
    }

    [Fact]
    public void Panel_Widths_AreWholeTilesThatABlockHolds()
    {
        for (int count = 1; count <= Panel.BlockSize; count++)
        {
            int width = Panel.Padded(count);
            (width % Panel.Tile).Should().Be(0);
            width.Should().BeInRange(count, Math.Min(count + Panel.Tile - 1, Panel.BlockSize));
        }

        (Panel.Tile % (3 * Lanes256.Count)).Should().Be(0, "a kernel's step divides the tile");
        (Panel.Tile % (3 * Lanes512.Count)).Should().Be(0, "a kernel's step divides the tile");
        (Panel.Stride % 8).Should().Be(0, "every panel row starts on a cache line");
    }

    [Fact]
    public void Panel_PaddedRows_HoldEveryTile()
    {
        // Tiles of 4 rows by 3 columns: the last row tile ends at a multiple of 4, the last column tile up to 2 past it.
        for (int d = 1; d <= 70; d++)
            Panel.PaddedRows(d).Should().BeGreaterThanOrEqualTo(Math.Max((d + 3) / 4 * 4, ((d - 1) / 3 * 3) + 3));
    }

    [Fact]
    public void Triangle_Indices_RunThroughTheLowerTriangle()
    {
        for (int i = 0, at = 0; i < 70; i++)
        {
            Triangle.Length(i).Should().Be(at);
            for (int j = 0; j <= i; j++)
                Triangle.Index(i, j).Should().Be(at++);
        }
    }

    [Fact]
    public void TriangleToMatrix_IsSymmetric() =>
        Triangle.ToMatrix([1, 2, 3, 4, 5, 6], 3).ToArray().Should().BeEquivalentTo(new double[,] { { 1, 2, 4 }, { 2, 3, 5 }, { 4, 5, 6 } });

    [Fact]
    public void RandomStream_AtTheSameAddress_IsTheSame()
    {
        static double[] Draw(int seed, int restart, RandomPurpose purpose)
        {
            Random random = RandomStream.At(seed, restart, purpose);
            return [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];
        }

        double[][] streams =
        [
            .. from seed in new[] { 0, 1, -1, int.MinValue, int.MaxValue }
               from restart in new[] { 0, 1, 2, 1000 }
               from purpose in Enum.GetValues<RandomPurpose>()
               select Draw(seed, restart, purpose),
        ];

        Draw(1, 1, RandomPurpose.Start).Should().Equal(Draw(1, 1, RandomPurpose.Start));
        streams.SelectMany(values => values).Should().OnlyHaveUniqueItems("every address has a stream of its own");
    }
}
