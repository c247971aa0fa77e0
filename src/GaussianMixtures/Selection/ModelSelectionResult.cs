using GaussianMixtures.Selection;

namespace GaussianMixtures;

/// <summary>What a <see cref="ModelSelection"/> found. Immutable.</summary>
public sealed class ModelSelectionResult
{
    /// <summary>Relative difference below which two values are one: candidates that coincide, as many do with one component.</summary>
    private const double SameValue = 1e-10;

    internal ModelSelectionResult(Criterion criterion, Candidate[] candidates)
    {
        Criterion = criterion;
        Candidates = Array.AsReadOnly(candidates);
        BestCandidate = Choose(candidates);
    }

    /// <summary>What decided.</summary>
    public Criterion Criterion { get; }

    /// <summary>
    /// All combinations, by number of components and then covariance type, each in the order of the <see cref="ModelSelection"/>.
    /// </summary>
    public IReadOnlyList<Candidate> Candidates { get; }

    /// <summary>The model of <see cref="BestCandidate"/>.</summary>
    public GaussianMixtureModel Best => BestCandidate.Model!;

    /// <summary>
    /// The candidate of the lowest value; among equals the one of the fewest parameters, and of those the first. Degenerate fits
    /// (<see cref="Candidate.IsDegenerate"/>) only count where there are no others: their values measure the variance floor.
    /// </summary>
    public Candidate BestCandidate { get; }

    /// <summary>
    /// The values as a table: a row per number of components, a column per covariance type. The best is marked *, degenerate
    /// fits !, and a dash is a candidate that failed.
    /// </summary>
    public override string ToString() => SelectionTable.Of(this);

    /// <summary>Whether two values differ by no more than rounding.</summary>
    internal static bool AreSame(double value, double other) =>
        value == other || Math.Abs(value - other) <= SameValue * Math.Min(Math.Abs(value), Math.Abs(other));

    private static Candidate Choose(Candidate[] candidates)
    {
        Candidate[] judged = [.. candidates.Where(candidate => candidate.Failure is null)];
        if (judged.Length == 0)
        {
            IEnumerable<string> reasons = candidates.GroupBy(candidate => candidate.Failure)
                .Select(same => $"{same.First().CovarianceType} with {same.First().Components} components"
                    + $"{(same.Count() > 1 ? $" and {same.Count() - 1} more" : "")}: {same.Key}");
            throw new InvalidOperationException($"None of {candidates.Length} candidates could be fitted and judged. {string.Join(" ", reasons)}");
        }

        Candidate[] sound = [.. judged.Where(candidate => !candidate.IsDegenerate)];
        Candidate[] eligible = sound.Length > 0 ? sound : judged;
        double lowest = eligible.Min(candidate => candidate.Value);
        return eligible
            .Where(candidate => AreSame(candidate.Value, lowest))
            .MinBy(candidate => candidate.ParameterCount)!;
    }
}
