using System.Globalization;
using GaussianMixtures;

namespace ChooseModel;

/// <summary>Writes what a search found, and why two criteria may not agree.</summary>
internal sealed class Comparison(LabelledTable data, TextWriter output)
{
    public void Table(ModelSelectionResult result)
    {
        output.WriteLine($"{data.Name}: {result}");
        output.WriteLine();
    }

    /// <summary>For each number of components the type that BIC prefers, and what ICL adds for the rows it cannot place.</summary>
    public void Difference(ModelSelectionResult byBic, ModelSelectionResult byIcl)
    {
        output.WriteLine("ICL is BIC plus a charge for rows that lie between components: -2 times the sum of the logarithms of each");
        output.WriteLine("row's largest membership. BIC's type for each number of components:");
        output.WriteLine();
        Line("k", "type", "BIC", "ICL", "charge", "unsure rows");
        foreach (IGrouping<int, Candidate> size in byBic.Candidates.GroupBy(candidate => candidate.Components))
        {
            Candidate best = size.Where(candidate => candidate.Failure is null).OrderBy(candidate => candidate.IsDegenerate)
                .ThenBy(candidate => candidate.Bic).First();
            int unsure = best.Model!.PredictProba(data.Rows).EnumerateRows().Count(row => row.Maximum() < 0.9);
            Line($"{best.Components}", best.CovarianceType.Name, Text(best.Bic), Text(best.Icl), Text(best.Icl - best.Bic), $"{unsure}");
        }

        output.WriteLine();
        output.WriteLine($"BIC takes {Choice(byBic)}.");
        output.WriteLine($"ICL takes {Choice(byIcl)}.");
        output.WriteLine(byBic.BestCandidate.Components == byIcl.BestCandidate.Components
            ? "They agree: the components that BIC wants are also apart. Another number would have to cut through a group, which improves"
                + "\nthe density a little and leaves rows unsure; ICL charges for these too, so it decides by a wider margin."
            : "They differ: BIC's components describe the density, but some of them overlap, and ICL counts groups that are apart.");
        output.WriteLine();
    }

    /// <summary>The chosen model, and how far behind the best of any other number of components is.</summary>
    private static string Choice(ModelSelectionResult result)
    {
        Candidate best = result.BestCandidate;
        Candidate? next = result.Candidates
            .Where(candidate => candidate.Failure is null && !candidate.IsDegenerate && candidate.Components != best.Components)
            .MinBy(candidate => candidate.Value);
        return $"{Name(best)}{(next is null ? "" : $", {Text(next.Value - best.Value)} ahead of {Name(next)}")}";
    }

    /// <summary>How the components meet the classes, which no fit has seen.</summary>
    public void Classes(GaussianMixtureModel model)
    {
        int[] labels = model.Predict(data.Rows);
        string[] classes = [.. data.Labels.Distinct()];
        output.WriteLine("BIC's components and the known classes:");
        output.WriteLine();
        Line(["", .. Enumerable.Range(0, model.Components).Select(component => $"{component}")]);
        foreach (string name in classes)
        {
            Line([name, .. Enumerable.Range(0, model.Components)
                .Select(component => $"{labels.Where((label, row) => label == component && data.Labels[row] == name).Count()}")]);
        }

        output.WriteLine();
        output.WriteLine();
    }

    private static string Name(Candidate candidate) => $"{candidate.CovarianceType} with {candidate.Components} components";

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private void Line(params string[] cells) => output.WriteLine(string.Concat(cells.Select(cell => cell.PadLeft(12))).TrimEnd());
}
