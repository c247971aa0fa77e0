using GaussianMixtures.Data;

namespace GaussianMixtures.Ascents;

/// <summary>What the options that estimators have in common may be.</summary>
internal static class EstimatorOptions
{
    public static int Components(int value) => value >= 1 ? value : throw Refuse.OutOfRange(nameof(Components), value,
        $"Components is {value}. A mixture has at least 1.");

    public static Initialization Initialization(Initialization value) =>
        value ?? throw Refuse.Null(nameof(Initialization), "Initialization is null. Use for example Initialization.KMeans.");

    public static int Restarts(int value) => value >= 1 ? value : throw Refuse.OutOfRange(nameof(Restarts), value,
        $"Restarts is {value}. Try at least 1 start.");

    public static int MaxIterations(int value) => value >= 1 ? value : throw Refuse.OutOfRange(nameof(MaxIterations), value,
        $"MaxIterations is {value}. Allow at least 1.");

    public static int? MaxDegreeOfParallelism(int? value) => value is null or >= 1 ? value : throw Refuse.OutOfRange(
        nameof(MaxDegreeOfParallelism), value, $"MaxDegreeOfParallelism is {value}. Allow at least 1 thread, or null for one per core.");

    public static double NonNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw Refuse.OutOfRange(name, value,
            $"{name} is {value}. Use a finite value that is not negative.");

    /// <summary>Whether there are rows enough for so many components.</summary>
    public static void CheckRows(long rows, int components)
    {
        if (rows < components)
        {
            throw Refuse.Argument("x",
                $"x has {rows} rows of positive weight, fewer than Components = {components}. Reduce Components, or pass more rows.");
        }
    }
}
