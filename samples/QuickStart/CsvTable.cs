using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace QuickStart;

/// <summary>Numbers with column names: one row per observation.</summary>
internal sealed record CsvTable(string Name, IReadOnlyList<string> Columns, Matrix<double> Rows)
{
    /// <summary>Old Faithful: how long 272 eruptions lasted and the wait for the next one, in minutes.</summary>
    public static CsvTable OldFaithful()
    {
        using Stream stream = typeof(CsvTable).Assembly.GetManifestResourceStream("faithful.csv")!;
        using StreamReader reader = new(stream);
        return Parse("Old Faithful", reader);
    }

    /// <summary>Reads a comma-separated file whose first line names the columns and whose other lines hold numbers.</summary>
    /// <exception cref="FormatException">The file has no rows, or a line does not hold one number per column.</exception>
    public static CsvTable Read(string path)
    {
        using StreamReader reader = new(path);
        return Parse(Path.GetFileName(path), reader);
    }

    private static CsvTable Parse(string name, TextReader reader)
    {
        string[] columns = [.. (reader.ReadLine() ?? "").Split(',').Select(column => column.Trim().Trim('"'))];
        List<double[]> rows = [];
        for (int number = 2; reader.ReadLine() is string line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                rows.Add(ParseLine(line, columns, $"{name}, line {number}"));
            }
        }

        if (rows.Count == 0)
        {
            throw new FormatException($"{name} holds no rows below its header.");
        }

        return new CsvTable(name, columns, Matrix<double>.Build.DenseOfRowArrays(rows));
    }

    private static double[] ParseLine(string line, string[] columns, string place)
    {
        string[] fields = line.Split(',');
        if (fields.Length != columns.Length)
        {
            throw new FormatException($"{place}: expected {columns.Length} values, found {fields.Length}.");
        }

        double[] row = new double[columns.Length];
        for (int column = 0; column < row.Length; column++)
        {
            if (!double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out row[column]))
            {
                throw new FormatException($"{place}: '{fields[column].Trim()}' in column {columns[column]} is not a number.");
            }
        }

        return row;
    }
}
