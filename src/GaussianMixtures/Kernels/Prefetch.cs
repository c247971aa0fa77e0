using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace GaussianMixtures.Kernels;

/// <summary>
/// Asks the hardware to fetch memory that will be read soon. A block of rows is a few pages, and a pass pauses between two of
/// them: the hardware's own prefetcher starts anew each time.
/// </summary>
internal static class Prefetch
{
    private const int CacheLine = 64;

    /// <summary>What fits the second-level cache beside the block at work. Of longer stretches the rest streams in as it is read.</summary>
    public const int MostBytes = 1 << 16;

    /// <summary>Where the hardware offers nothing, does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Bytes(ReadOnlySpan<byte> memory)
    {
        if (Sse.IsSupported)
        {
            // Should the collector move the array meanwhile, the wrong memory is fetched, which harms nobody.
            byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory));
            int length = Math.Min(memory.Length, MostBytes);
            for (int at = 0; at < length; at += CacheLine)
            {
                Sse.Prefetch1(start + at);
            }
        }
    }
}
