using System.Runtime.InteropServices;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Peer;

/// <summary>A folder with data and starting parameters: meta.json, X.f64 (row-major), labels, weights, means and covs as raw doubles.</summary>
internal sealed class Workload
{
    // scikit-learn's words for the families, and how many numbers they write per component (k components, d columns).
    private static readonly Dictionary<string, (CovarianceType Type, Func<double[], int, int, Matrix<double>> Matrix)> Families = new()
    {
        ["full"] = (CovarianceType.Full, (values, d, j) => Matrix<double>.Build.DenseOfRowMajor(d, d, values.Skip(j * d * d).Take(d * d))),
        ["tied"] = (CovarianceType.Tied, (values, d, _) => Matrix<double>.Build.DenseOfRowMajor(d, d, values)),
        ["diag"] = (CovarianceType.Diagonal, (values, d, j) => Matrix<double>.Build.DenseOfDiagonalArray(values[(j * d)..((j + 1) * d)])),
        ["spherical"] = (CovarianceType.Spherical, (values, d, j) => Matrix<double>.Build.DenseDiagonal(d, values[j])),
    };

    private readonly string _folder;
    private readonly string _family;

    public Workload(string folder)
    {
        _folder = folder;
        using JsonDocument meta = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "meta.json")));
        Rows = meta.RootElement.GetProperty("n").GetInt32();
        Columns = meta.RootElement.GetProperty("d").GetInt32();
        Components = meta.RootElement.GetProperty("k").GetInt32();
        _family = meta.RootElement.GetProperty("cov").GetString()!;
        X = new double[Rows, Columns];
        Read(Path.Combine(folder, "X.f64"), MemoryMarshal.CreateSpan(ref X[0, 0], X.Length));
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Components { get; }

    public double[,] X { get; }

    public CovarianceType CovarianceType => Families[_family].Type;

    /// <summary>The parameters whose files start with a prefix, as a model.</summary>
    public GaussianMixtureModel Model(string folder, string prefix)
    {
        double[] covariances = ReadAll(Path.Combine(folder, prefix + "covs.f64"));
        double[] means = ReadAll(Path.Combine(folder, prefix + "means.f64"));
        return GaussianMixtureModel.FromParameters(
            Vector<double>.Build.Dense(ReadAll(Path.Combine(folder, prefix + "weights.f64"))),
            Matrix<double>.Build.DenseOfRowMajor(Components, Columns, means),
            [.. Enumerable.Range(0, Components).Select(j => Families[_family].Matrix(covariances, Columns, j))],
            CovarianceType);
    }

    public GaussianMixtureModel Start() => Model(_folder, "init_");

    public int[] Labels() => Array.ConvertAll(ReadAll(Path.Combine(_folder, "init_labels.f64")), label => (int)label);

    /// <summary>Writes a model as raw doubles, in scikit-learn's shapes.</summary>
    public void Save(GaussianMixtureModel model, string folder)
    {
        Write(Path.Combine(folder, "weights.f64"), model.Weights.ToArray());
        Write(Path.Combine(folder, "means.f64"), model.Means.ToRowMajorArray());
        double[][] covariances = [.. model.Covariances.Select(covariance => _family switch
        {
            "diag" => covariance.Diagonal().ToArray(),
            "spherical" => [covariance[0, 0]],
            _ => covariance.ToRowMajorArray(),
        })];
        Write(Path.Combine(folder, "covs.f64"), _family == "tied" ? covariances[0] : [.. covariances.SelectMany(values => values)]);
        if (model is BayesianGaussianMixtureModel bayesian)
        {
            Write(Path.Combine(folder, "concentrations.f64"), bayesian.WeightConcentrations.ToRowMajorArray());
        }
    }

    private static double[] ReadAll(string path)
    {
        double[] values = new double[(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? new FileInfo(path)).Length / sizeof(double)];
        Read(path, values);
        return values;
    }

    private static void Read(string path, Span<double> values)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        file.ReadExactly(bytes);
    }

    private static void Write(string path, double[] values) => File.WriteAllBytes(path, MemoryMarshal.AsBytes<double>(values).ToArray());
}
