using System.Runtime.Intrinsics;

namespace GaussianMixtures.Tests;

/// <summary>
/// The test assembly as a program: <see cref="HardwareTests"/> starts it with vector units switched off, which the runtime only
/// allows at its start. Runs tests that know nothing of that; any failure is an unhandled exception.
/// </summary>
internal static class Program
{
    public static void Main()
    {
        FixedStartTests fixedStarts = new();
        foreach (object[] run in FixedStartTests.Runs)
        {
            fixedStarts.Fit_FromFixedStart_EqualsScikitLearn((string)run[0], (string)run[1], (double)run[2], (int)run[3]);
        }

        ScoringTests scoring = new();
        foreach (object[] shape in ScoringTests.TypesAndDimensions.Where(shape => (int)shape[1] <= 17))
        {
            scoring.Scores_OfABatch_AreThoseOfTheFormulas((string)shape[0], (int)shape[1]);
        }

        Console.WriteLine($"512: {Vector512.IsHardwareAccelerated}, 256: {Vector256.IsHardwareAccelerated}, 128: {Vector128.IsHardwareAccelerated}");
    }
}
