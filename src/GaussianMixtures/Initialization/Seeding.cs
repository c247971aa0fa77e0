namespace GaussianMixtures.Initializations;

/// <summary>
/// k-means++ (Arthur &amp; Vassilvitskii 2007): the first seed is a random row; each next one is drawn with probability
/// proportional to weight times squared distance from the nearest seed so far. With several candidates per seed, the greedy
/// variant, the one that leaves the least total distance is kept.
/// </summary>
internal sealed class Seeding
{
    private readonly StartSample _sample;
    private readonly Covariance _metric;

    private Seeding(StartSample sample, Covariance metric)
    {
        _sample = sample;
        _metric = metric;
    }

    /// <summary>k rows of the sample, k x d. Rows may repeat where fewer than k differ.</summary>
    public static double[] Draw(StartSample sample, Covariance metric, int components, int candidates, Random random, CancellationToken cancellationToken) =>
        new Seeding(sample, metric).Draw(components, candidates, random, cancellationToken);

    private double[] Draw(int components, int candidates, Random random, CancellationToken cancellationToken)
    {
        int d = _metric.Dimension;
        double[] seeds = new double[components * d];
        double[] nearest = new double[_sample.Count];
        nearest.AsSpan().Fill(double.PositiveInfinity);
        double[] distances = new double[_sample.Count];
        double[] best = new double[_sample.Count];
        double[] mass = (double[])_sample.Weights.Clone();

        for (int j = 0; j < components; j++)
        {
            double least = double.PositiveInfinity;
            for (int c = 0; c < (j == 0 ? 1 : candidates); c++) // nothing tells first seeds apart
            {
                int row = WeightedDraw.Index(mass, random) is >= 0 and int drawn ? drawn : WeightedDraw.Index(_sample.Weights, random);
                double[] candidate = new double[d];
                _sample.CopyRow(row, candidate);
                double total = NearestWith(candidate, nearest, distances, cancellationToken);
                if (total < least)
                {
                    least = total;
                    candidate.CopyTo(seeds, j * d);
                    (best, distances) = (distances, best);
                }
            }

            (nearest, best) = (best, nearest);
            for (int row = 0; row < mass.Length; row++)
            {
                mass[row] = _sample.Weights[row] * nearest[row];
            }
        }

        return seeds;
    }

    /// <summary>result[row] = min(nearest[row], |row − candidate|²); returns Σ weight · result.</summary>
    private double NearestWith(double[] candidate, double[] nearest, double[] result, CancellationToken cancellationToken)
    {
        double total = 0;
        for (int chunk = 0; chunk < _sample.Data.Grid.Count; chunk++)
        {
            _sample.Data.Visit(chunk, components: 1, (in block, in spans) =>
            {
                _metric.Exponents(block, candidate, 0, spans.Scratch, spans.Responsibilities);
                int first = (int)block.FirstRow;
                total += Nearer(block.Weights, spans.Responsibilities, nearest.AsSpan(first, block.Count), result.AsSpan(first));
            }, cancellationToken);
        }

        return total;
    }

    /// <summary>The same for one block, whose squared distances are −2 times the exponents.</summary>
    private static double Nearer(ReadOnlySpan<double> weights, ReadOnlySpan<double> exponents, ReadOnlySpan<double> nearest, Span<double> result)
    {
        double total = 0;
        for (int s = 0; s < nearest.Length; s++)
        {
            double distance = Math.Min(nearest[s], -2 * exponents[s]);
            result[s] = distance;
            total += weights[s] * distance;
        }

        return total;
    }
}

/// <summary>Draws an index with probability proportional to its mass.</summary>
internal static class WeightedDraw
{
    /// <summary>The index at which the running total of the mass first exceeds a uniform share of it; −1 where there is no mass.</summary>
    public static int Index(double[] mass, Random random)
    {
        double total = 0;
        foreach (double value in mass)
        {
            total += value;
        }

        double target = random.NextDouble() * total;
        double running = 0;
        int last = -1;
        for (int index = 0; index < mass.Length; index++)
        {
            if (mass[index] > 0)
            {
                last = index;
                running += mass[index];
                if (running > target)
                {
                    return index;
                }
            }
        }

        return last;
    }
}
