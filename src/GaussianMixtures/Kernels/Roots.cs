namespace GaussianMixtures.Kernels;

/// <summary>The n-th root of a number that is not negative.</summary>
internal static class Roots
{
    /// <summary>x^(1/n): by square roots as long as n is even, which take a quarter of the time of a power and round but once.</summary>
    public static double Of(double x, int n)
    {
        for (; n % 2 == 0; n /= 2)
        {
            x = Math.Sqrt(x);
        }

        return n == 1 ? x : Math.Pow(x, 1.0 / n);
    }
}
