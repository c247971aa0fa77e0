namespace GaussianMixtures.Kernels;

/// <summary>
/// A length as a coordinate without bounds: its logarithm, as far as it is no trifle, and itself where it is one: 0 is a length, too. u ↦ arsinh(u / 0.001).
/// </summary>
internal static class RootLength
{
    private const double Trifle = 1e-3;

    public static double Of(double length)
    {
        double units = length / Trifle;
        return Math.Log(units + Math.Sqrt(1 + (units * units)));
    }

    public static double From(double coordinate)
    {
        double power = Math.Exp(coordinate);
        return 0.5 * Trifle * (power - (1 / power));
    }
}
