using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace ChooseModel;

/// <summary>
/// Numbers with a known class for each row, embedded in this program: R's <c>datasets::iris</c> (Fisher 1936: 150 flowers, four
/// lengths in centimetres, three species) and mclust's <c>thyroid</c> (Coomans et al. 1983: 215 patients, five laboratory tests,
/// three diagnoses).
/// </summary>
internal sealed record LabelledTable(string Name, Matrix<double> Rows, IReadOnlyList<string> Labels)
{
    public static LabelledTable Load(string name)
    {
        using Stream stream = typeof(LabelledTable).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        string[][] cells = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Trim().Split(','))];
        Matrix<double> rows = Matrix<double>.Build.DenseOfRows(
            cells.Select(line => line[..^1].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))));
        return new LabelledTable(name, rows, [.. cells.Select(line => line[^1])]);
    }
}
