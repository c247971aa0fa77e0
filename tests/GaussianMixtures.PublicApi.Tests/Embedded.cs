using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.PublicApi.Tests;

/// <summary>The files these tests carry with them.</summary>
internal static class Embedded
{
    /// <summary>Old Faithful, 272 x 2: minutes an eruption lasted, minutes until the next.</summary>
    public static Matrix<double> Faithful() => Matrix<double>.Build.DenseOfRows(
        Text("faithful.csv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture))));

    public static string Text(string name)
    {
        using Stream stream = typeof(Embedded).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
