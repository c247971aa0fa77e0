using GaussianMixtures.Kernels;

namespace GaussianMixtures.Initializations;

/// <summary>
/// A number drawn from a row's own values, rounded in units of the columns' deviations, and not from its position: equal rows
/// draw the same, as a row of weight 2 does, and shifting or scaling the data changes nothing.
/// </summary>
internal static class RowHash
{
    private const double Resolution = 1 << 10;

    /// <summary>The hash so far with one more value of the row.</summary>
    public static ulong Add(ulong hash, double value, double deviation) =>
        RandomStream.Mix(hash ^ BitConverter.DoubleToUInt64Bits(Math.Round(value / deviation * Resolution) + 0.0)); // -0 is 0

    /// <summary>
    /// The hash of a whole row, for putting rows in an order of their own: the rounded values decide; where a crowd of rows rounds
    /// to the same, the exact ones.
    /// </summary>
    public static UInt128 Of(ReadOnlySpan<double> row, double[] deviations, ulong seed)
    {
        ulong rounded = seed, exact = seed;
        for (int i = 0; i < row.Length; i++)
        {
            rounded = Add(rounded, row[i], deviations[i]);
            exact = RandomStream.Mix(exact ^ BitConverter.DoubleToUInt64Bits(row[i]));
        }

        return new UInt128(rounded, exact);
    }
}
