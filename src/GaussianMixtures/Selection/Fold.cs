using GaussianMixtures.Data;
using GaussianMixtures.Initializations;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Selection;

/// <summary>Some rows to score, and the others to fit: both are all rows, those left out with weight 0.</summary>
internal sealed class Fold
{
    private Fold(double[] weights, FitData others)
    {
        Weights = weights;
        Others = others;
    }

    /// <summary>Of the rows to score; 0 for the others.</summary>
    public double[] Weights { get; }

    /// <summary>The rows to fit.</summary>
    public FitData Others { get; }

    /// <summary>
    /// Distinct rows in an order drawn from their own values, dealt to the folds in turn.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer distinct rows than folds.</exception>
    public static IReadOnlyList<Fold> Cut(FitData data, int folds, int seed, CancellationToken cancellationToken)
    {
        UInt128[] addresses = Addresses(data, (uint)seed, cancellationToken);
        UInt128[] ranked = [.. addresses.Where((_, row) => data.Packed.WeightOf(row) > 0).Distinct().Order()];
        if (ranked.Length < folds)
        {
            throw Refuse.Argument("x", $"x has {ranked.Length} distinct rows of positive weight, too few for {folds} folds. Cut fewer folds.");
        }

        int[] foldOf = Array.ConvertAll(addresses, address => Array.BinarySearch(ranked, address) % folds);
        return [.. Enumerable.Range(0, folds).Select(fold =>
        {
            double[] own = new double[addresses.Length];
            double[] others = new double[addresses.Length];
            for (int row = 0; row < addresses.Length; row++)
            {
                (foldOf[row] == fold ? own : others)[row] = data.Packed.WeightOf(row);
            }

            return new Fold(own, FitData.Of(data.Observations, Vector<double>.Build.Dense(others), 1, cancellationToken));
        })];
    }

    /// <summary>A number per row, drawn from its values.</summary>
    private static UInt128[] Addresses(FitData data, ulong seed, CancellationToken cancellationToken)
    {
        UInt128[] addresses = new UInt128[data.Packed.Count];
        double[] row = new double[data.Packed.Dimension];
        for (int chunk = 0; chunk < data.Packed.Grid.Count; chunk++)
        {
            data.Packed.Visit(chunk, components: 0, (in block, in _) =>
            {
                for (int s = 0; s < block.Count; s++)
                {
                    for (int i = 0; i < row.Length; i++)
                    {
                        row[i] = block.Panel[(i * Panel.Stride) + s];
                    }

                    addresses[block.FirstRow + s] = RowHash.Of(row, data.Scale, seed);
                }
            }, cancellationToken);
        }

        return addresses;
    }
}
