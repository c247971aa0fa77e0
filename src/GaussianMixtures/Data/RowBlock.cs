namespace GaussianMixtures.Data;

/// <summary>One block of observations in the engine's units: a panel of d rows (see <see cref="Kernels.Panel"/>) with its weights.</summary>
internal readonly ref struct RowBlock(ReadOnlySpan<double> panel, ReadOnlySpan<double> weights, long firstRow, int count)
{
    /// <summary>d x samples; samples from <see cref="Count"/> to <see cref="Width"/> are padding.</summary>
    public ReadOnlySpan<double> Panel { get; } = panel;

    /// <summary>One weight per sample, 0 for the padding.</summary>
    public ReadOnlySpan<double> Weights { get; } = weights;

    /// <summary>Index of the first sample in the whole data.</summary>
    public long FirstRow { get; } = firstRow;

    /// <summary>Samples in the block.</summary>
    public int Count { get; } = count;

    /// <summary>Some of the samples: whole tiles from <paramref name="start"/>.</summary>
    public RowBlock Strip(int start, int width) =>
        new(Panel[start..], Weights[start..], FirstRow + start, Math.Min(width, Width - start));

    /// <summary>Samples the kernels run over: whole tiles.</summary>
    public int Width { get; } = Kernels.Panel.Padded(count);
}
