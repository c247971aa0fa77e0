using System.Globalization;
using System.Text;

namespace GaussianMixtures.Selection;

/// <summary>The values of a search as text, for a fixed-width font.</summary>
internal static class SelectionTable
{
    /// <summary>A table wider than this continues below.</summary>
    private const int Width = 100;

    private const int Gap = 2;

    public static string Of(ModelSelectionResult result)
    {
        Candidate best = result.BestCandidate;
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{result.Criterion.Name}, lower is better: {best.CovarianceType} with {best.Components} component{(best.Components == 1 ? "" : "s")}");

        string format = Format(result.Candidates);
        string[][] columns = [.. result.Candidates.GroupBy(candidate => candidate.CovarianceType).Select(type => Column(type, best, format))];
        string[] head = ["k", .. result.Candidates.Select(candidate => candidate.Components).Distinct().Select(Text)];
        int widest = columns.Max(WidthOf);
        foreach (string[][] block in columns.Chunk(Math.Max(1, (Width - WidthOf(head)) / (widest + Gap))))
        {
            for (int line = 0; line < head.Length; line++)
            {
                text.Append(head[line].PadLeft(WidthOf(head)));
                text.AppendLine(string.Concat(block.Select(column => column[line].PadLeft(widest + Gap))).TrimEnd());
            }
        }

        return text.Append(Legend(result)).ToString().ReplaceLineEndings("\n").TrimEnd('\n');
    }

    /// <summary>Two decimals, and more where all values are small: six digits in all.</summary>
    private static string Format(IEnumerable<Candidate> candidates)
    {
        double largest = candidates.Select(candidate => Math.Abs(candidate.Value)).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        int digits = (int)Math.Floor(Math.Log10(Math.Max(largest, 1))) + 1;
        return $"F{Math.Max(2, 6 - digits)}";
    }

    private static string[] Column(IGrouping<CovarianceType, Candidate> type, Candidate best, string format) =>
        [$"{type.Key} ", .. type.Select(candidate => Cell(candidate, best, format))];

    /// <summary>A number and its mark.</summary>
    private static string Cell(Candidate candidate, Candidate best, string format)
    {
        if (candidate.Failure is not null)
        {
            return "- ";
        }

        char mark = ReferenceEquals(candidate, best) ? '*' : candidate.IsDegenerate ? '!' : ' ';
        string value = double.IsFinite(candidate.Value)
            ? candidate.Value.ToString(format, CultureInfo.InvariantCulture)
            : candidate.Value > 0 ? "inf" : "-inf";
        return value + mark;
    }

    /// <summary>What the marks in the table mean, but for the best's.</summary>
    private static string Legend(ModelSelectionResult result)
    {
        string failed = result.Candidates.Any(candidate => candidate.Failure is not null) ? "  - failed" : "";
        string degenerate = result.Candidates.Any(candidate => candidate.IsDegenerate)
            ? "  ! held at the variance floor, or with an empty component"
            : "";
        return $"* best{degenerate}{failed}";
    }

    private static int WidthOf(string[] column) => column.Max(cell => cell.Length);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
