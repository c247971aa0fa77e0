// The library's main job on real data: which mixture describes the eruptions of Old Faithful, and what can it be asked?
// An argument names a CSV file of your own (a header line, then numbers) to be used instead.

using GaussianMixtures;
using QuickStart;

using CancellationTokenSource cancellation = new();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    cancellation.Cancel();
};

try
{
    CsvTable data = args switch
    {
        [] => CsvTable.OldFaithful(),
        [string path] => CsvTable.Read(path),
        _ => throw new ArgumentException("QuickStart takes at most one argument: the path of a CSV file."),
    };
    Console.WriteLine($"{data.Name}: {data.Rows.RowCount} rows of {string.Join(", ", data.Columns)}");
    Console.WriteLine();

    ModelSelection search = new()
    {
        Components = Enumerable.Range(1, 6),
        Estimator = new GaussianMixture(components: 1) { Restarts = 10 },
    };
    ModelSelectionResult result;
    using (SearchDisplay display = new(search))
    {
        result = search.Fit(data.Rows, progress: display, cancellationToken: cancellation.Token);
    }

    GaussianMixtureModel model = result.Best;
    MixtureSample drawn = model.Sample(count: 5, seed: 1);

    Report report = new(data, Console.Out);
    report.Comparison(result);
    report.Chosen(result.BestCandidate);
    report.LeastCertain(model.PredictProba(data.Rows), count: 5);
    report.LeastLikely(model.ScoreSamples(data.Rows), count: 3);
    report.Drawn(drawn);
    report.WhereNext();
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("QuickStart was stopped.");
    return 130;
}
catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
{
    Console.Error.WriteLine($"QuickStart failed: {problem.Message}");
    return 1;
}
