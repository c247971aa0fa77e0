using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// Doubles that start on a cache line, zero at first. A vector load that straddles two lines costs two, so every panel
/// lives in one of these.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private const int CacheLine = 64;

    private readonly double[] _array;
    private readonly int _start;

    public AlignedBuffer(int length)
    {
        Length = length;
        _array = GC.AllocateArray<double>(length + (CacheLine / sizeof(double)), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _array[0]);
        _start = (int)((CacheLine - (address % CacheLine)) % CacheLine / sizeof(double));
    }

    public int Length { get; }

    public Span<double> Span => _array.AsSpan(_start, Length);
}
