using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Initializations;

/// <summary>
/// The rows in which starts are sought: all of them, or a systematic sample where the data are large; in the engine's units,
/// and in lexicographic order, so that what is drawn depends neither on the order of the rows nor on whether an
/// observation comes twice or with weight 2.
/// </summary>
internal sealed class StartSample
{
    private const int MostValues = 1 << 20;
    private const int MostRows = 1 << 16;
    private const int RowsPerComponent = 64;

    private readonly double[,] _rows;

    private StartSample(double[,] rows, double[] weights)
    {
        _rows = rows;
        Weights = weights;
        Data = new PackedData(rows, Packing.Identity(rows.GetLength(1)), weights);
    }

    /// <summary>The sample as data of its own.</summary>
    public PackedData Data { get; }

    public double[] Weights { get; }

    public int Count => Weights.Length;

    /// <summary>A row's values, copied.</summary>
    public void CopyRow(int row, Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = _rows[row, i];
        }
    }

    public static StartSample Of(PackedData data, int components, CancellationToken cancellationToken)
    {
        int d = data.Dimension;
        long most = Math.Max(Math.Min(MostRows, MostValues / d), (long)RowsPerComponent * components);
        List<double[]> rows = [];
        List<double> weights = [];
        double stride = Math.Max(1, (double)data.Count / most);
        double next = 0;
        Workspace workspace = new(0, d);
        for (int chunk = 0; chunk < data.Grid.Count; chunk++)
        {
            data.Visit(chunk, workspace, (in block, in _) =>
            {
                for (int s = 0; s < block.Count; s++)
                {
                    if (block.FirstRow + s < (long)next)
                    {
                        continue;
                    }

                    next += stride;
                    if (block.Weights[s] > 0)
                    {
                        double[] row = new double[d];
                        for (int i = 0; i < d; i++)
                        {
                            row[i] = block.Panel[(i * Panel.Stride) + s];
                        }

                        rows.Add(row);
                        weights.Add(block.Weights[s]);
                    }
                }
            }, cancellationToken);
        }

        return InOrder(rows, weights, d);
    }

    private static StartSample InOrder(List<double[]> rows, List<double> weights, int d)
    {
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        Sort(rows, order, 0, order.Length, 0, d);
        double[,] sorted = new double[order.Length, d];
        double[] sortedWeights = new double[order.Length];
        for (int at = 0; at < order.Length; at++)
        {
            for (int i = 0; i < d; i++)
            {
                sorted[at, i] = rows[order[at]][i];
            }

            sortedWeights[at] = weights[order[at]];
        }

        return new StartSample(sorted, sortedWeights);
    }

    /// <summary>Sorts a stretch by one column, and each run of equal values by the next.</summary>
    private static void Sort(List<double[]> rows, int[] order, int start, int length, int column, int d)
    {
        double[] keys = new double[length];
        for (int at = 0; at < length; at++)
        {
            keys[at] = rows[order[start + at]][column];
        }

        keys.AsSpan().Sort(order.AsSpan(start, length));
        for (int from = 0, to; from < length && column + 1 < d; from = to)
        {
            for (to = from + 1; to < length && keys[to] == keys[from];)
            {
                to++;
            }

            if (to - from > 1)
            {
                Sort(rows, order, start + from, to - from, column + 1, d);
            }
        }
    }
}
