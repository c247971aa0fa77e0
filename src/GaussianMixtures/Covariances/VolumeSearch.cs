using System.Collections.ObjectModel;

namespace GaussianMixtures.Covariances;

/// <summary>The inner iteration of the families whose components differ in volume but share their shape: shape, volumes, shape, …</summary>
internal static class VolumeSearch
{
    /// <summary>Each step shortens the way left by a constant factor, seldom above a half.</summary>
    private const int MostSteps = 500;

    /// <summary>The objective is flat at its maximum: volumes good to 1e-9 have it to all digits.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>
    /// Volumes so far apart are on their way to infinity: a component with scatter in few directions and much of the weight may make the shape
    /// as long there as it likes.
    /// </summary>
    private const double Unbounded = 1e100;

    /// <summary>Sizes of which some are so many times the others are rather one size than theirs to begin with.</summary>
    private const double FarApart = 1e4;

    /// <summary>
    /// Where to begin: at the sizes of an earlier estimate, if they are known and of one order, and else at one size. From sizes far apart the
    /// way back is long.
    /// </summary>
    public static double[] Start(int components, IReadOnlyList<Covariance> former)
    {
        double[] volumes = new double[components];
        volumes.AsSpan().Fill(1);
        if (former is InSizes earlier && earlier.Volumes.Length == components && earlier.Volumes.Min() * FarApart > earlier.Volumes.Max())
        {
            earlier.Volumes.CopyTo(volumes, 0);
        }

        return volumes;
    }

    /// <param name="volumes">λ, overwritten: at the end the best for the last shape.</param>
    /// <param name="estimateShape">Estimates the shape given the volumes; false where it has become singular.</param>
    /// <param name="estimateVolume">A component's volume given the shape.</param>
    public static void Run(double[] volumes, Func<bool> estimateShape, Func<int, double> estimateVolume)
    {
        double change = double.PositiveInfinity;
        for (int step = 0; step < MostSteps && change > Tolerance && IsBounded(volumes) && estimateShape(); step++)
        {
            change = 0;
            for (int j = 0; j < volumes.Length; j++)
            {
                double next = estimateVolume(j);
                change = Math.Max(change, next > 0 ? Math.Abs(next - volumes[j]) / next : 0);
                volumes[j] = next;
            }
        }
    }

    private static bool IsBounded(double[] volumes) => Array.TrueForAll(volumes, volume => volume is 0 or (> 1 / Unbounded and < Unbounded));
}

/// <summary>Covariances of one shape in several sizes, and these: a search for the next begins there.</summary>
internal sealed class InSizes(Covariance[] covariances, double[] volumes) : ReadOnlyCollection<Covariance>(covariances)
{
    /// <summary>λ.</summary>
    public double[] Volumes => volumes;
}
