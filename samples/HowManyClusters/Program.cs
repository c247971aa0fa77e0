// How many clusters are there? Three answers to three data sets of which we know how they were made.

using System.Globalization;
using GaussianMixtures;
using HowManyClusters;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

foreach (Scene scene in Scene.All)
{
    Answers answers = Answers.Of(scene.Rows);
    Console.WriteLine($"{scene.Title} ({scene.Rows.RowCount} rows)");
    Console.WriteLine();
    Console.WriteLine("   k         BIC           ICL");
    foreach (Candidate candidate in answers.Candidates)
    {
        Console.WriteLine($"{candidate.Components,4} {candidate.Bic,11:F1}{Mark(candidate.Components == answers.ByBic)}"
            + $"{candidate.Icl,12:F1}{Mark(candidate.Components == answers.ByIcl)}".TrimEnd());
    }

    IEnumerable<string> used = answers.Process.Weights.Take(answers.ByProcess).Select(weight => $"{weight:F3}");
    Console.WriteLine();
    Console.WriteLine($"  BIC says {answers.ByBic}, ICL says {answers.ByIcl}.");
    Console.WriteLine($"  Of {answers.Process.Components} components a Dirichlet process uses {answers.ByProcess}, of weights {string.Join(", ", used)}.");
    Console.WriteLine();
    foreach (string line in scene.Lesson)
    {
        Console.WriteLine($"  {line}");
    }

    Console.WriteLine();
}

static string Mark(bool isBest) => isBest ? " <" : "  ";
