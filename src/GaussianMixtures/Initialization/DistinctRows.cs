using System.Runtime.InteropServices;

namespace GaussianMixtures.Initializations;

/// <summary>
/// Some of the distinct rows of a stream, with the weight of all their copies: those of the lowest hashes. Which rows these are
/// does not depend on their order.
/// </summary>
/// <param name="most">How many to keep.</param>
/// <param name="scale">The columns' standard deviations.</param>
internal sealed class DistinctRows(int most, double[] scale)
{
    private readonly Dictionary<double[], double> _weights = new(RowComparer.Instance);
    private UInt128 _bound = UInt128.MaxValue;

    public void Add(double[] row, double weight)
    {
        if (Hash(row) <= _bound)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_weights, row, out _) += weight;
            if (_weights.Count >= 2L * most)
            {
                Trim();
            }
        }
    }

    /// <summary>The rows kept, and their weights.</summary>
    public IEnumerable<KeyValuePair<double[], double>> Rows()
    {
        Trim();
        return _weights;
    }

    private void Trim()
    {
        if (_weights.Count > most)
        {
            double[][] rows = [.. _weights.Keys];
            UInt128[] hashes = Array.ConvertAll(rows, Hash);
            Array.Sort(hashes, rows);
            _bound = hashes[most - 1];
            foreach (double[] excess in rows.AsSpan(most))
            {
                _weights.Remove(excess);
            }
        }
    }

    private UInt128 Hash(double[] row) => RowHash.Of(row, scale, seed: 0);

    /// <summary>Rows are equal when all their values are.</summary>
    private sealed class RowComparer : IEqualityComparer<double[]>
    {
        public static RowComparer Instance { get; } = new();

        public bool Equals(double[]? x, double[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(double[] row)
        {
            HashCode hash = default;
            hash.AddBytes(MemoryMarshal.AsBytes<double>(row));
            return hash.ToHashCode();
        }
    }
}
