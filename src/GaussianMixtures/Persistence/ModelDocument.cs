using GaussianMixtures.Covariances;
using GaussianMixtures.Scoring;

namespace GaussianMixtures.Persistence;

/// <summary>What stands in the JSON text of a model.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">The version of this layout.</param>
/// <param name="CovarianceType">The family's name.</param>
/// <param name="Weights">k weights.</param>
/// <param name="Means">k rows of d values.</param>
/// <param name="SharedCovariance">The one covariance of all components, where they share one; otherwise</param>
/// <param name="Covariances">k covariances.</param>
/// <param name="Report">How the model was fitted, if it was.</param>
internal sealed record ModelDocument(string Format, int Version, string CovarianceType, double[] Weights, double[][] Means,
    CovarianceDocument? SharedCovariance = null, CovarianceDocument[]? Covariances = null, ReportDocument? Report = null)
{
    private const string FormatName = "GaussianMixtures.Model";
    private const int CurrentVersion = 1;

    public static ModelDocument Of(GaussianMixtureModel model)
    {
        MixtureParameters parameters = model.Parameters;
        bool shared = parameters.SharesCovariance;
        return new ModelDocument(FormatName, CurrentVersion, model.CovarianceType.Name, parameters.Weights,
            [.. Enumerable.Range(0, parameters.Components).Select(j => parameters.Mean(j).ToArray())],
            shared ? CovarianceDocument.Of(parameters.Covariances[0]) : null,
            shared ? null : [.. parameters.Covariances.Select(CovarianceDocument.Of)],
            ReportDocument.Of(model.Report));
    }

    public GaussianMixtureModel ToModel(IReadOnlyList<CovarianceType> further)
    {
        if (Format != FormatName)
        {
            throw new FormatException($"format is \"{Format}\" where \"{FormatName}\" is expected. Pass the text that ToJson wrote.");
        }

        if (Version != CurrentVersion)
        {
            throw new FormatException(
                $"version is {Version}; this release reads version {CurrentVersion}. Read the text with the release that wrote it.");
        }

        CovarianceType type = GaussianMixtures.CovarianceType.All.Concat(further).FirstOrDefault(known => known.IsCalled(CovarianceType))
            ?? throw new FormatException(
                $"covarianceType is \"{CovarianceType}\", which is not known. Pass a family of your own as covarianceTypes.");
        MixtureParameters parameters = Parameters();
        Require(new FamilyMembership(type, parameters.Covariances).FirstStranger() is null, $"covariances are not of the family {type}");
        return new GaussianMixtureModel(parameters, type, Report?.ToReport(parameters));
    }

    private MixtureParameters Parameters()
    {
        int k = Weights.Length;
        Require(k >= 1, "weights is empty");
        Require(Weights.All(weight => weight >= 0) && Math.Abs(Weights.Sum() - 1) <= 1e-6, "weights are negative or do not add up to 1");
        Require(Means.Length == k, $"means has {Means.Length} rows for {k} weights");
        int d = Means[0]?.Length ?? 0;
        Require(d >= 1 && Means.All(row => row?.Length == d), "means has rows that are empty or of different lengths");
        Require(Means.All(row => row.All(double.IsFinite)), "means has a number too large for a double");
        Require(SharedCovariance is null != Covariances is null, "there must be either sharedCovariance or covariances");
        Require(Covariances is null || Covariances.Length == k, $"covariances has {Covariances?.Length} entries for {k} weights");

        CovarianceDocument[] documents = Covariances ?? [SharedCovariance!];
        Require(documents.All(document => document is not null), "covariances has an entry that is null");
        Covariance[] covariances = [.. documents.Select(document => document.ToCovariance(d))];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] scale = [.. Enumerable.Range(0, d).Select(i => Math.Sqrt(covariances[j].Variance(i)))];
            Require(scale.All(deviation => deviation is > ParameterChecks.LeastDeviation and < ParameterChecks.MostDeviation),
                $"covariances has an entry {j} with a variance that is not positive, or out of range");
            Require(covariances[j].DegenerateColumns(scale).Length == 0, $"covariances has an entry {j} that is not positive definite");
        }

        return new MixtureParameters(d, Weights, [.. Means.SelectMany(row => row)],
            Covariances is null ? ComponentCovariances.Shared(covariances[0], k) : new ComponentCovariances(covariances));
    }

    internal static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new FormatException($"{problem}. Pass the text that ToJson wrote, unchanged.");
        }
    }
}

/// <summary>A covariance as its form and its numbers: one variance, d of them, or the lower triangle row after row.</summary>
internal sealed record CovarianceDocument(string Form, double[] Values)
{
    public static CovarianceDocument Of(Covariance covariance) => new(covariance.Form.Name, covariance.ToValues());

    public Covariance ToCovariance(int d)
    {
        CovarianceForm? form = CovarianceForm.All.FirstOrDefault(known => known.Name == Form);
        ModelDocument.Require(form is not null, $"covariances has an entry of form \"{Form}\", which is not known");
        int expected = form!.Length(d);
        ModelDocument.Require(Values.Length == expected, $"covariances has an entry of {Values.Length} numbers where {expected} are needed");
        ModelDocument.Require(Values.All(double.IsFinite), "covariances has an entry with a number too large for a double");
        return form.Create(d, Values);
    }
}

/// <summary>A report.</summary>
internal sealed record ReportDocument(int Iterations, int Passes, string StopReason, double LogLikelihood, double[] LogLikelihoodTrace, int Restarts,
    FitDiagnostic[] Diagnostics, TimeSpan Elapsed)
{
    public static ReportDocument? Of(FitReport? report) => report is null ? null : new ReportDocument(report.Iterations, report.Passes,
        report.StopReason.ToString(), report.LogLikelihood, [.. report.LogLikelihoodTrace], report.Restarts, [.. report.Diagnostics],
        report.Elapsed);

    public FitReport ToReport(MixtureParameters parameters)
    {
        ModelDocument.Require(Iterations >= 1 && Iterations == LogLikelihoodTrace.Length && Passes >= Iterations && Restarts >= 1,
            "report has counts that do not fit its trace");
        ModelDocument.Require(LogLikelihoodTrace.Append(LogLikelihood).All(double.IsFinite), "report has a number too large for a double");
        ModelDocument.Require(Diagnostics.All(diagnostic => diagnostic is { Columns: not null, Message: not null }
            && (uint)diagnostic.Component < (uint)parameters.Components
            && diagnostic.Columns.All(column => (uint)column < (uint)parameters.Dimension)), "report has a diagnostic that fits no component or column");
        ModelDocument.Require(Enum.TryParse(StopReason, out StopReason reason) && Enum.IsDefined(reason),
            $"report.stopReason is \"{StopReason}\", which is not known");
        return new FitReport
        {
            Iterations = Iterations,
            Passes = Passes,
            StopReason = reason,
            LogLikelihood = LogLikelihood,
            LogLikelihoodTrace = [.. LogLikelihoodTrace],
            Restarts = Restarts,
            Diagnostics = [.. Diagnostics],
            Elapsed = Elapsed,
        };
    }
}
