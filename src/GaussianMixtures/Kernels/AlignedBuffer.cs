using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// Doubles that start on a cache line, zero at first. A vector load that straddles two lines costs two, so every panel
/// lives in one of these.
/// </summary>
/// <remarks>
/// The array is not pinned, which would cost small fits dearly: the collector may move it, and then the next
/// <see cref="Span"/> starts elsewhere in it. So hold on to a span for one task at a time, and leave nothing in the buffer.
/// </remarks>
internal sealed class AlignedBuffer(int length)
{
    private const int CacheLine = 64;

    private readonly double[] _array = new double[length + (CacheLine / sizeof(double))];

    public int Length => length;

    public unsafe Span<double> Span
    {
        get
        {
            nuint address = (nuint)Unsafe.AsPointer(ref _array[0]);
            int start = (int)((CacheLine - (address % CacheLine)) % CacheLine / sizeof(double));
            return _array.AsSpan(start, length);
        }
    }
}
