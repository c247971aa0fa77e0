namespace GaussianMixtures.Data;

/// <summary>
/// Arrays that one loop has done with and takes again. Each iteration would otherwise take new memory from the system, as long as the
/// collector sees no need to look for old, and that may cost more than what is written into it. Small ones are simply made.
/// </summary>
internal sealed class LargeArrays
{
    /// <summary>Two pages of memory: from here on it is felt.</summary>
    private const int Large = 8192 / sizeof(double);

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
