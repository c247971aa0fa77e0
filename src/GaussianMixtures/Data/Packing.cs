namespace GaussianMixtures.Data;

/// <summary>
/// The engine's units: (x − shift) · 2^exponent. The shift brings the data to the origin, where nothing cancels; the one power
/// of two brings it to ordinary magnitudes, where squares neither overflow nor vanish, and is exact. Invisible outside.
/// </summary>
internal sealed class Packing
{
    private readonly double[] _shift;

    public Packing(double[] shift, int exponent)
    {
        _shift = shift;
        Exponent = exponent;
    }

    public int Exponent { get; }

    public int Dimension => _shift.Length;

    public ReadOnlySpan<double> Shift => _shift;

    /// <summary>Data as it is: shift 0, scale 1.</summary>
    public static Packing Identity(int dimension) => new(new double[dimension], 0);

    /// <summary>
    /// The exponent that centres the columns' spreads on 1: halfway between the widest and the narrowest, so that columns as
    /// far apart as 1e-100 and 1e100 keep representable squares. Columns without spread do not count.
    /// </summary>
    public static int ExponentFor(ReadOnlySpan<double> spreads)
    {
        int highest = int.MinValue, lowest = int.MaxValue;
        foreach (double spread in spreads)
        {
            if (spread > 0)
            {
                highest = Math.Max(highest, Math.ILogB(spread));
                lowest = Math.Min(lowest, Math.ILogB(spread));
            }
        }

        return highest < lowest ? 0 : -((highest + lowest) / 2);
    }

    /// <summary>From data units to the engine's, for a difference or a standard deviation.</summary>
    public double Scale(double length) => Math.ScaleB(length, Exponent);

    /// <summary>A point in data units to the engine's.</summary>
    public void Pack(ReadOnlySpan<double> point, Span<double> packed)
    {
        for (int i = 0; i < point.Length; i++)
        {
            packed[i] = Math.ScaleB(point[i] - _shift[i], Exponent);
        }
    }

    /// <summary>A point in the engine's units to data units.</summary>
    public void Unpack(ReadOnlySpan<double> packed, Span<double> point)
    {
        for (int i = 0; i < packed.Length; i++)
        {
            point[i] = _shift[i] + Math.ScaleB(packed[i], -Exponent);
        }
    }
}
