using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Initializations;

/// <summary>
/// The rows in which starts are sought: all of them, or a sample of the distinct ones where the data are large; in the engine's
/// units, in lexicographic order and with equal rows merged, so that what is drawn depends neither on the order of the rows
/// nor on whether an observation comes twice or with weight 2.
/// </summary>
internal sealed class StartSample
{
    private const int MostValues = 1 << 20;
    private const int MostRows = 1 << 16;
    private const int RowsPerComponent = 64;

    private readonly double[,] _rows;

    private StartSample(PackedData of, double[,] rows, double[] weights)
    {
        _rows = rows;
        Weights = weights;
        Data = of.Of(rows, weights).Kept();
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

    /// <summary>One column, copied.</summary>
    public double[] Column(int column)
    {
        double[] values = new double[Count];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = _rows[row, column];
        }

        return values;
    }

    /// <summary>How many distinct rows are enough: more only for more components than most fits have.</summary>
    public static int Size(int dimension, int components) =>
        Math.Max(Math.Min(MostRows, MostValues / dimension), checked(RowsPerComponent * components));

    /// <param name="data">All rows.</param>
    /// <param name="scale">The columns' standard deviations.</param>
    /// <param name="most">How many rows to take at most.</param>
    /// <param name="cancellationToken">Stops within one block.</param>
    public static StartSample Of(PackedData data, double[] scale, int most, CancellationToken cancellationToken)
    {
        int d = data.Dimension;
        DistinctRows distinct = new(most, scale);
        List<double[]> rows = [];
        List<double> weights = [];
        for (int chunk = 0; chunk < data.Grid.Count; chunk++)
        {
            data.Visit(chunk, components: 0, (in block, in _) =>
            {
                for (int s = 0; s < block.Count; s++)
                {
                    if (block.Weights[s] == 0)
                    {
                        continue;
                    }

                    double[] row = new double[d];
                    for (int i = 0; i < d; i++)
                    {
                        row[i] = block.Panel[(i * Panel.Stride) + s];
                    }

                    if (data.Count > most)
                    {
                        distinct.Add(row, block.Weights[s]);
                    }
                    else
                    {
                        rows.Add(row);
                        weights.Add(block.Weights[s]);
                    }
                }
            }, cancellationToken);
        }

        foreach ((double[] row, double weight) in distinct.Rows())
        {
            rows.Add(row);
            weights.Add(weight);
        }

        return InOrder(data, rows, weights);
    }

    /// <summary>Sorts the rows and merges equal ones.</summary>
    private static StartSample InOrder(PackedData of, List<double[]> rows, List<double> weights)
    {
        int d = of.Dimension;
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        Sort(rows, order);
        List<int> first = [];
        List<double> merged = [];
        for (int at = 0; at < order.Length; at++)
        {
            if (at > 0 && rows[order[at]].AsSpan().SequenceEqual(rows[order[at - 1]]))
            {
                merged[^1] += weights[order[at]];
            }
            else
            {
                first.Add(order[at]);
                merged.Add(weights[order[at]]);
            }
        }

        double[,] sorted = new double[first.Count, d];
        for (int at = 0; at < first.Count; at++)
        {
            for (int i = 0; i < d; i++)
            {
                sorted[at, i] = rows[first[at]][i];
            }
        }

        return new StartSample(of, sorted, [.. merged]);
    }

    /// <summary>Lexicographic order: by the first column, and where that is equal by the rest.</summary>
    private static void Sort(List<double[]> rows, int[] order)
    {
        double[] keys = Array.ConvertAll(order, row => rows[row][0]);
        keys.AsSpan().Sort(order.AsSpan());
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && keys[to] == keys[from];)
            {
                to++;
            }

            if (to - from > 1)
            {
                order.AsSpan(from, to - from).Sort((left, right) => rows[left].AsSpan().SequenceCompareTo(rows[right]));
            }
        }
    }
}
