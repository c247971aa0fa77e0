using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// A length as a number without bounds, arsinh(length / ε): but for a constant its logarithm, so that quotients of lengths count; and where it
/// is a trifle itself, so that 0 has a place, too.
/// </summary>
internal static class LengthCoordinate
{
    /// <summary>ε: a thousandth of the unit, whose square is the share of a variance at which a component counts as collapsed.</summary>
    private const double Trifle = 1e-3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(double length)
    {
        double trifles = length / Trifle;
        return Math.Log(trifles + Math.Sqrt(1 + (trifles * trifles)));
    }

    /// <summary>The length; negative below 0, and as long in the other direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToLength(double coordinate)
    {
        double power = Math.Exp(coordinate);
        return 0.5 * Trifle * (power - (1 / power));
    }
}
