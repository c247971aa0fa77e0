namespace GaussianMixtures.Bayesian;

/// <summary>
/// In which order sticks are broken. The largest component first maximises the bound (Kurihara, Welling &amp; Teh 2007); an order that the
/// caller gave is kept.
/// </summary>
internal static class StickOrder
{
    public static int[] AsGiven(double[] counts) => [.. Enumerable.Range(0, counts.Length)];

    public static int[] ByDecreasing(double[] counts) => [.. Enumerable.Range(0, counts.Length).OrderByDescending(j => counts[j])];
}
