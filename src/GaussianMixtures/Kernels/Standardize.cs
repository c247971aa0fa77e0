using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>Moves one panel row into the engine's units.</summary>
internal static class Standardize<V>
    where V : struct, ILanes<V>
{
    /// <summary>row[s] = (row[s] − shift) · scale. Returns whether every row[s] was finite before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Row(Span<double> row, double shift, double scale, int width)
    {
        ref double x = ref row[0];
        V b = V.Broadcast(shift);
        V a = V.Broadcast(scale);
        V poison = V.Zero;
        for (int s = 0; s < width; s += V.Count)
        {
            V value = V.Load(in x, s);
            poison = V.MultiplyAdd(value, V.Zero, poison);
            ((value - b) * a).Store(ref x, s);
        }

        return poison.Sum() == 0;
    }
}
