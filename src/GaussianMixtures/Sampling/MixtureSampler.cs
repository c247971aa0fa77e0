using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using GaussianMixtures.Scoring;

namespace GaussianMixtures.Sampling;

/// <summary>
/// Draws rows in stretches whose length depends on d alone, each from a random stream of its own, so that threads may share
/// them out. Within a stretch the rows of one component are drawn together.
/// </summary>
internal sealed class MixtureSampler
{
    private const int ValuesPerStretch = 1 << 15;

    private readonly MixtureParameters _parameters;
    private readonly int _seed;
    private readonly double[] _cumulative;
    private readonly int _stretch;

    /// <summary>Room for the draws of one stretch each, taken again by the next: new memory would cost as much as the draws.</summary>
    private readonly FreeList<double[]> _rooms = new();

    public MixtureSampler(MixtureParameters parameters, int seed)
    {
        _parameters = parameters;
        _seed = seed;
        _stretch = Math.Max(Panel.Tile, ValuesPerStretch / parameters.Dimension);
        _cumulative = new double[parameters.Components];
        double sum = 0;
        for (int j = 0; j < _cumulative.Length; j++)
        {
            _cumulative[j] = sum += parameters.Weights[j];
        }
    }

    /// <summary>Fills columns (n x d, column after column) and the labels of the n rows.</summary>
    public void Draw(double[] columns, int[] labels)
    {
        int stretches = (int)(((long)labels.Length + _stretch - 1) / _stretch);
        using Workers workers = new(null);
        workers.For(stretches, stretch =>
        {
            int start = stretch * _stretch;
            Draw(stretch, start, Math.Min(_stretch, labels.Length - start), columns, labels);
        });
    }

    private void Draw(int stretch, int start, int count, double[] columns, int[] labels)
    {
        Random random = RandomStream.At(_seed, stretch, RandomPurpose.Sampling);
        int[] ends = new int[_parameters.Components];
        for (int row = start; row < start + count; row++)
        {
            labels[row] = Component(random.NextDouble());
            ends[labels[row]]++;
        }

        for (int j = 1; j < ends.Length; j++)
        {
            ends[j] += ends[j - 1];
        }

        // The rows of the stretch, those of one component after those of the other.
        int[] order = new int[count];
        int[] next = [0, .. ends[..^1]];
        for (int row = start; row < start + count; row++)
        {
            order[next[labels[row]]++] = row;
        }

        int d = _parameters.Dimension;
        double[] room = _rooms.TryTake(out double[]? free) ? free : new double[2 * Half(Math.Min(_stretch, labels.Length) * d)];
        Span<double> draws = StandardNormal(count * d, random, room);
        for (int j = 0, first = 0; j < ends.Length; first = ends[j++])
        {
            Span<double> own = draws[(first * d)..(ends[j] * d)];
            if (!own.IsEmpty)
            {
                _parameters.Covariances[j].Color(own);
                Place(own, order.AsSpan(first, ends[j] - first), _parameters.Mean(j), columns, labels.Length);
            }
        }

        _rooms.Add(room);
    }

    /// <summary>The component in whose part of [0, 1) a uniform number falls; never one of weight 0.</summary>
    private int Component(double uniform)
    {
        double target = uniform * _cumulative[^1];
        int component = 0;
        while (_cumulative[component] <= target)
        {
            component++;
        }

        return component;
    }

    /// <summary>So many normal draws, which come in pairs, at the beginning of the room.</summary>
    private static Span<double> StandardNormal(int count, Random random, Span<double> room)
    {
        int half = Half(count);
        for (int at = 0; at < half; at++)
        {
            room[at] = 1 - random.NextDouble(); // in (0, 1]: its logarithm is finite
            room[half + at] = random.NextDouble();
        }

        VectorKernels.Best.BoxMuller(room[..half], room.Slice(half, half));
        return room[..count];
    }

    /// <summary>Pairs of so many draws, in whole tiles.</summary>
    private static int Half(int count) => (((count + 1) / 2) + Panel.Tile - 1) / Panel.Tile * Panel.Tile;

    private static void Place(ReadOnlySpan<double> draws, ReadOnlySpan<int> rows, ReadOnlySpan<double> mean, double[] columns, int height)
    {
        int d = mean.Length;
        for (int i = 0; i < d; i++)
        {
            Span<double> column = columns.AsSpan(i * height, height);
            for (int at = 0; at < rows.Length; at++)
            {
                column[rows[at]] = mean[i] + draws[(at * d) + i];
            }
        }
    }
}
