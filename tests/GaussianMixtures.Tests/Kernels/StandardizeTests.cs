using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>A row in the engine's units, and the alarm for what is no number.</summary>
public class StandardizeTests
{
    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Row_OfFiniteValues_IsShiftedThenScaled(string name)
    {
        foreach (int count in KernelData.Counts)
        {
            KernelData data = new(1, count);
            Guarded row = new(data.Width);
            data.X.AsSpan(0, data.Width).CopyTo(row.Span);

            KernelData.Kernels(name).Standardize(row.Span, 0.3, 4, data.Width).Should().BeTrue();

            // To the last bit: every register width must pack the same data.
            for (int s = 0; s < data.Width; s++)
                row[s].Should().Be((data.At(0, s) - 0.3) * 4);
            row.ShouldBeIntact("row");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Row_WithOneValueNotFinite_IsRefused(string name)
    {
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            for (int at = 0; at < 48; at++)
            {
                double[] row = new double[48];
                row[at] = bad;

                KernelData.Kernels(name).Standardize(row, 0, 1, 48).Should().BeFalse($"{bad} stands at {at}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Row_WithInfinitiesThatCouldCancel_IsRefused(string name)
    {
        double[] row = new double[Panel.Tile];
        row[0] = double.PositiveInfinity;
        row[8] = double.NegativeInfinity;

        KernelData.Kernels(name).Standardize(row, 0, 1, Panel.Tile).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Row_OfTheLargestNumbers_IsAccepted(string name)
    {
        double[] row = new double[Panel.Tile];
        Array.Fill(row, double.MaxValue);
        row[3] = double.Epsilon;
        row[7] = double.MinValue;

        KernelData.Kernels(name).Standardize(row, 0, 1, Panel.Tile).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Row_WithTheValueNotFiniteBeyondTheWidth_IsAccepted(string name)
    {
        double[] row = new double[2 * Panel.Tile];
        row[Panel.Tile] = double.NaN;

        KernelData.Kernels(name).Standardize(row, 0, 1, Panel.Tile).Should().BeTrue();
    }
}
