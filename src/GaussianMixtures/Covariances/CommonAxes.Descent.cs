using System.Runtime.CompilerServices;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <content>The way down: sweeps over all pairs of axes, and leaps where these get on slowly.</content>
internal sealed partial class CommonAxes
{
    /// <summary>
    /// A sweep that gains more than this share of what the last one did is one of many: where components are long and thin, every pair waits
    /// for the others.
    /// </summary>
    private const double Slow = 0.5;

    private const double FirstStride = 4;

    /// <summary>The slope by which each pair was turned in the last sweep, from when sweeps were first found to be slow.</summary>
    private double[] _slopes = [];

    /// <summary>How many sweeps the next leap is long: twice as long as one that gained, a quarter of one that did not.</summary>
    private double _stride = FirstStride;

    /// <summary>Turns every pair of axes, again and again, until a sweep gains less than a share of the function.</summary>
    public void Descend(VolumeMeasure volume, int mostSweeps, double tolerance)
    {
        double gain = double.PositiveInfinity;
        for (int sweep = 0; sweep < mostSweeps && gain > tolerance; sweep++)
        {
            double former = gain;
            gain = Sweep(volume);
            if (sweep > 1 && gain > tolerance && gain > Slow * former)
            {
                Leap(volume);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Sweep(VolumeMeasure volume)
    {
        Weigh(volume);
        double gain = 0;
        for (int p = 0, pair = 0; p < Dimension; p++)
        {
            for (int q = p + 1; q < Dimension; q++, pair++)
            {
                (double own, double slope) = Turn(p, q, volume.Root);
                gain += own;
                if (_slopes.Length > 0)
                {
                    _slopes[pair] = slope;
                }
            }
        }

        Tabulate();
        return gain;
    }

    /// <summary>The influences, as shares: a gain then has no units, and no square of it underflows.</summary>
    private void Weigh(VolumeMeasure volume)
    {
        Span<double> influences = Influences;
        double total = 0;
        for (int j = 0; j < influences.Length; j++)
        {
            influences[j] = volume.Influence(Table, j);
            total += influences[j];
        }

        VectorKernels.Best.Multiply(influences, total > 0 ? 1 / total : 0, influences);
    }

    /// <summary>Makes all turns of the last sweep once more, but several times as steep; and takes them back, unless the function is lower there.</summary>
    private void Leap(VolumeMeasure volume)
    {
        if (_slopes.Length == 0)
        {
            _slopes = new double[Dimension * (Dimension - 1) / 2];
            return;
        }

        double[] axes = [.. Axes];
        double[] room = [.. _room];
        double[] squares = Table.Values.ToArray();
        for (int p = 0, pair = 0; p < Dimension; p++)
        {
            for (int q = p + 1; q < Dimension; q++, pair++)
            {
                Rotate(p, q, _stride * _slopes[pair], null);
            }
        }

        Tabulate();
        if (IsLowerThan(squares, volume))
        {
            _stride *= 2;
            return;
        }

        axes.CopyTo(Axes, 0);
        room.CopyTo(_room, 0);
        Tabulate();
        _stride = Math.Max(1, _stride / 4);
    }

    /// <summary>
    /// Whether the function is lower than where the t_je were these: told from their quotients, which do not depend on units.
    /// </summary>
    private bool IsLowerThan(double[] formerSquares, VolumeMeasure volume)
    {
        Weigh(volume);
        double rise = 0;
        for (int j = 0; j < Table.Components; j++)
        {
            double growth = 0;
            for (int e = 0; e < Dimension; e++)
            {
                growth += Math.Log(Table[j][e] / formerSquares[(j * Dimension) + e]);
            }

            // u_j is the one of here.
            double own = Influences[j] * (volume.Root is int n ? n * (1 - Math.Exp(-growth / n)) : growth);
            rise += double.IsFinite(own) ? own : 0;
        }

        return rise < 0;
    }
}
