namespace GaussianMixtures.Data;

/// <summary>
/// Arrays that one loop has done with and takes again, where they are of the large heap's size: each iteration would otherwise take new
/// memory from the system, which costs more than what is written into it, and the collector lets the old lie. Smaller ones are simply made.
/// </summary>
internal sealed class LargeArrays
{
    /// <summary>From this length on the runtime keeps an array on its large object heap.</summary>
    private const int Large = 85_000 / sizeof(double);

    private readonly FreeList<double[]> _free = new();

    /// <summary>Whether any has been taken.</summary>
    public bool HasLent { get; private set; }

    /// <summary>An array to be written to in full: it may hold anything. A new one, if <paramref name="arrays"/> is null.</summary>
    public static double[] Take(LargeArrays? arrays, int length)
    {
        if (arrays is null || length < Large)
        {
            return new double[length];
        }

        arrays.HasLent = true;
        return arrays._free.TryTake(out double[]? free) && free.Length == length ? free : new double[length];
    }

    /// <summary>No more will be taken for now.</summary>
    public void Clear() => _free.Clear();

    /// <summary>Nobody reads it any more.</summary>
    public void Return(double[] array)
    {
        if (array.Length >= Large)
        {
            _free.Add(array);
        }
    }
}
