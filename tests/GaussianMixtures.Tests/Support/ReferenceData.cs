using System.Globalization;
using System.Text.Json;

namespace GaussianMixtures.Tests;

/// <summary>The data sets and the answers of other programs, kept in the folder Reference.</summary>
internal static class ReferenceData
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Reference");

    /// <summary>EM from fixed starts, by scikit-learn.</summary>
    public static JsonElement FixedStarts { get; } = ReadJson("fixed_start_em.json");

    /// <summary>Log-likelihoods that scikit-learn reached with ten restarts.</summary>
    public static JsonElement Reached { get; } = ReadJson("sklearn_em.json");

    /// <summary>mclust's whole search: 14 models, one to six components.</summary>
    public static JsonElement MclustSelection { get; } = ReadJson("mclust_selection.json");

    /// <summary>Partitions by mclust's model-based agglomeration.</summary>
    public static JsonElement Agglomerations { get; } = ReadJson("mclust_hc.json");

    /// <summary>EM from fixed labels, by mclust.</summary>
    public static JsonElement MclustFixedStarts { get; } = ReadJson("mclust_fixed_start.json");

    /// <summary>The same for the families whose M-step is an iteration, with mclust's run to its end.</summary>
    public static JsonElement MclustConvergedSteps { get; } = ReadJson("mclust_fixed_start_converged.json");

    /// <summary>mclust's number of parameters: rows d, columns k, both from 1.</summary>
    public static JsonElement MclustParameterCounts { get; } = ReadJson("mclust_parameters.json");

    /// <summary>BIC and ICL of given models, by mclust.</summary>
    public static JsonElement Criteria { get; } = ReadJson("mclust_criteria.json");

    /// <summary>Variational posteriors from fixed labels, and those that scikit-learn ended with.</summary>
    public static JsonElement Bayes { get; } = ReadJson("sklearn_bayes.json");

    /// <summary>Modes of the posterior under the prior of Fraley &amp; Raftery, by mclust.</summary>
    public static JsonElement PosteriorModes { get; } = ReadJson("mclust_map.json");

    public static double[,] Faithful { get; } = Load("faithful");

    public static double[,] Iris { get; } = Load("iris");

    public static double[,] Thyroid { get; } = Load("thyroid");

    /// <summary>The names of the data sets in the folder.</summary>
    public static IEnumerable<string> Names => ["faithful", "iris", "thyroid"];

    public static bool Has(string name) => File.Exists(Path.Combine(Folder, name + ".csv"));

    /// <summary>The features of a data set, n x d; the column <c>label</c> is left out.</summary>
    public static double[,] Load(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name + ".csv"));
        string[] header = lines[0].Split(',');
        int columns = header[^1] == "label" ? header.Length - 1 : header.Length;
        var x = new double[lines.Length - 1, columns];
        for (int i = 0; i < x.GetLength(0); i++)
        {
            string[] cells = lines[i + 1].Split(',');
            for (int j = 0; j < columns; j++)
                x[i, j] = double.Parse(cells[j], CultureInfo.InvariantCulture);
        }

        return x;
    }

    /// <summary>What the references call our four types.</summary>
    public static CovarianceType TypeOf(string name) => name switch
    {
        "full" => CovarianceType.Full,
        "tied" => CovarianceType.Tied,
        "diag" => CovarianceType.Diagonal,
        "spherical" => CovarianceType.Spherical,
        _ => throw new ArgumentException($"no type is called {name}", nameof(name)),
    };

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];

    public static double[,] Table(JsonElement rows)
    {
        double[][] jagged = [.. rows.EnumerateArray().Select(Numbers)];
        var table = new double[jagged.Length, jagged[0].Length];
        for (int i = 0; i < table.GetLength(0); i++)
            for (int j = 0; j < table.GetLength(1); j++)
                table[i, j] = jagged[i][j];
        return table;
    }

    /// <summary>The covariances of k components in d columns as k full matrices, whatever the type stores.</summary>
    public static double[][,] Covariances(JsonElement stored, string type, int components, int dimension)
    {
        var full = new double[components][,];
        for (int c = 0; c < components; c++)
        {
            full[c] = type switch
            {
                "full" => Table(stored[c]),
                "tied" => Table(stored),
                "diag" => Diagonal(Numbers(stored[c])),
                _ => Diagonal([.. Enumerable.Repeat(stored[c].GetDouble(), dimension)]),
            };
        }

        return full;
    }

    private static double[,] Diagonal(double[] variances)
    {
        var matrix = new double[variances.Length, variances.Length];
        for (int j = 0; j < variances.Length; j++)
            matrix[j, j] = variances[j];
        return matrix;
    }

    private static JsonElement ReadJson(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name))).RootElement;
}
