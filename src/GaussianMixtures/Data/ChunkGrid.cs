using GaussianMixtures.Kernels;

namespace GaussianMixtures.Data;

/// <summary>
/// How the rows are cut: into blocks, and these into chunks, by the data's shape alone. Threads decide who computes a chunk,
/// never what is added to what, so the answer is the same for every number of them.
/// </summary>
internal sealed class ChunkGrid
{
    /// <summary>Chunks worth having even where each is a few blocks, so that a slow core leaves little to wait for.</summary>
    private const int FewChunks = 16;

    /// <summary>Enough for the cores of a large machine.</summary>
    private const int MostChunks = 64;

    /// <summary>More than few chunks have as many blocks as this each, so that adding up their partial statistics is not felt.</summary>
    private const int BlocksPerChunk = 10;

    /// <summary>Fewer values than this are not worth a thread.</summary>
    private const long ValuesPerChunk = 4096;

    private readonly long _rows;
    private readonly long _blocks;

    public ChunkGrid(long rows, int columns)
    {
        _rows = rows;
        _blocks = (rows + Panel.BlockSize - 1) / Panel.BlockSize;
        long worthwhile = Math.Max(1, rows * columns / ValuesPerChunk);
        long wanted = Math.Clamp(_blocks / BlocksPerChunk, FewChunks, MostChunks);
        Count = (int)Math.Min(wanted, Math.Min(_blocks, worthwhile));
    }

    /// <summary>The number of chunks.</summary>
    public int Count { get; }

    /// <summary>First row of a chunk; of the chunk past the last, the number of rows.</summary>
    public long Start(int chunk) => Math.Min(_rows, _blocks * chunk / Count * Panel.BlockSize);
}
