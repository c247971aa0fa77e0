using System.Globalization;
using GaussianMixtures;
using MathNet.Numerics.LinearAlgebra;

namespace QuickStart;

/// <summary>Writes what the search found as plain text. Rows and components count from 0, as in the library.</summary>
internal sealed class Report(CsvTable data, TextWriter output)
{
    private const int Width = 12;

    /// <summary>The criterion's value for every candidate.</summary>
    public void Comparison(ModelSelectionResult result)
    {
        Title("What was tried");
        output.WriteLine(result);
    }

    /// <summary>The chosen model's parameters, and how its fit went.</summary>
    public void Chosen(Candidate best)
    {
        GaussianMixtureModel model = best.Model!;
        FitReport fit = model.Report!;
        Title($"Chosen: {model.CovarianceType} covariance, {model.Components} components, {model.ParameterCount} parameters");
        output.WriteLine($"  stopped after {fit.Iterations} iterations: {fit.StopReason}; best of {fit.Restarts} restarts");
        output.WriteLine($"  log-likelihood {fit.LogLikelihood:F3}, BIC {best.Bic:F2}");
        output.WriteLine(fit.Diagnostics.Count == 0 ? "  diagnostics: none" : "  diagnostics:");
        foreach (FitDiagnostic diagnostic in fit.Diagnostics)
        {
            output.WriteLine($"    component {diagnostic.Component}: {diagnostic.Message}");
        }

        output.WriteLine();
        output.WriteLine("  weights and means");
        Line("component", ["weight", .. data.Columns]);
        for (int component = 0; component < model.Components; component++)
        {
            Line($"{component}", [Text(model.Weights[component]), .. model.Means.Row(component).Select(Text)]);
        }

        IReadOnlyList<Matrix<double>> covariances = model.Covariances;
        foreach (IGrouping<Matrix<double>, int> shared in Enumerable.Range(0, model.Components).GroupBy(i => covariances[i]))
        {
            output.WriteLine();
            output.WriteLine($"  covariance, component {string.Join(", ", shared)}");
            Line("", data.Columns);
            for (int column = 0; column < data.Columns.Count; column++)
            {
                Line(data.Columns[column], shared.Key.Row(column).Select(Text));
            }
        }
    }

    /// <summary>The rows whose most likely component is the least likely to be theirs, with all memberships.</summary>
    public void LeastCertain(Matrix<double> memberships, int count)
    {
        Title("Where the model is least certain: rows and their probability of belonging to each component");
        Line("row", [.. data.Columns, .. Enumerable.Range(0, memberships.ColumnCount).Select(j => $"p({j})")]);
        foreach (int row in Lowest(memberships.EnumerateRows().Select(row => row.Maximum()), count))
        {
            Line($"{row}", [.. data.Rows.Row(row).Select(Text), .. memberships.Row(row).Select(p => $"{p:F4}")]);
        }
    }

    /// <summary>The rows of lowest density: the first to look at when hunting for anomalies.</summary>
    public void LeastLikely(Vector<double> logDensities, int count)
    {
        Title("The least likely rows");
        Line("row", [.. data.Columns, "log density"]);
        foreach (int row in Lowest(logDensities, count))
        {
            Line($"{row}", [.. data.Rows.Row(row).Select(Text), $"{logDensities[row]:F3}"]);
        }
    }

    /// <summary>New observations and the components they were drawn from.</summary>
    public void Drawn(MixtureSample drawn)
    {
        Title("New rows drawn from the model");
        Line("from", data.Columns);
        for (int row = 0; row < drawn.Labels.Length; row++)
        {
            Line($"{drawn.Labels[row]}", drawn.Observations.Row(row).Select(Text));
        }
    }

    public void WhereNext()
    {
        Title("Where to go next");
        output.WriteLine("  your own data      dotnet run --project samples/QuickStart -c Release -- path/to/data.csv");
        output.WriteLine("  this program       samples/QuickStart/Program.cs, then Report.cs; samples/ChooseModel compares criteria");
        output.WriteLine("  keep a model       model.ToJson() and GaussianMixtureModel.FromJson(json)");
        output.WriteLine("  what it all means  README.md: covariance types, the numbers, scikit-learn's names in ours");
    }

    private static IEnumerable<int> Lowest(IEnumerable<double> values, int count) =>
        values.Select((value, row) => (value, row)).Order().Take(count).Select(pair => pair.row);

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private void Title(string title)
    {
        output.WriteLine();
        output.WriteLine(title);
        output.WriteLine(new string('-', title.Length));
    }

    private void Line(string head, IEnumerable<string> cells) =>
        output.WriteLine($"  {head,-12}{string.Concat(cells.Select(cell => $"{cell,Width} "))}".TrimEnd());
}
