namespace GaussianMixtures.Kernels;

/// <summary>
/// The shape every kernel works on. A panel holds one block of samples as <c>rows x samples</c>: element (i, s) stands at
/// <c>i · Stride + s</c>, so that SIMD runs across samples. A block's width is padded to whole tiles, and the kernels
/// compute the padding too: it is zero going in, and nobody reads what comes out.
/// </summary>
internal static class Panel
{
    /// <summary>Samples in a full block: two or three panels of a block fit the second-level cache.</summary>
    public const int BlockSize = 192;

    /// <summary>Distance between panel rows: whole cache lines, and no power of two, which would crowd one cache set.</summary>
    public const int Stride = BlockSize + 8;

    /// <summary>Doubles that stay in the first-level cache beside what else a kernel touches.</summary>
    private const int FirstLevelCache = 3840;

    /// <summary>Samples per kernel tile: three registers of eight lanes, or six of four.</summary>
    public const int Tile = 24;

    /// <summary>Samples, whole tiles, of which d rows fit the first-level cache: for work that goes over them k times.</summary>
    public static int StripWidth(int d) => Math.Clamp(FirstLevelCache / d / Tile * Tile, Tile, BlockSize);

    /// <summary>The block width rounded up to whole tiles.</summary>
    public static int Padded(int count) => (count + Tile - 1) / Tile * Tile;

    /// <summary>Rows to allocate for d rows that are read in tiles of four and three: what is read past d is dropped.</summary>
    public static int PaddedRows(int d) => ((d + 3) / 4 * 4) + 3;
}
