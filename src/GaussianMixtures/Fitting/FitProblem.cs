using GaussianMixtures.Covariances;
using GaussianMixtures.Data;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>The data of one fit in the engine's units, with what all of its restarts share.</summary>
internal sealed class FitProblem
{
    /// <summary>Standard deviations whose squares, and a millionth of these, are ordinary doubles.</summary>
    private const double Narrowest = 1e-151;
    private const double Widest = 1e153;

    /// <param name="data">The observations, packed.</param>
    /// <param name="scale">Each column's standard deviation, positive, in the engine's units.</param>
    /// <param name="components">k.</param>
    /// <param name="covarianceType">The family to fit.</param>
    /// <param name="maximization">The M-step.</param>
    /// <param name="workers">The threads.</param>
    public FitProblem(PackedData data, double[] scale, int components, CovarianceType covarianceType, Maximization maximization, Workers workers)
    {
        Data = data;
        Scale = scale;
        Components = components;
        CovarianceType = covarianceType;
        Workers = workers;
        Maximization = maximization;
    }

    public PackedData Data { get; }

    public double[] Scale { get; }

    public int Components { get; }

    public CovarianceType CovarianceType { get; }

    public Workers Workers { get; }

    public Maximization Maximization { get; }

    /// <summary>
    /// The metric in which starts look for clusters: standardised columns, or, for a family that knows no columns, the units as
    /// they are.
    /// </summary>
    public Covariance Metric => CovarianceType.IsColumnScaleFree
        ? new DiagonalCovariance(Array.ConvertAll(Scale, deviation => deviation * deviation))
        : new SphericalCovariance(Scale.Length, Scale.Average(deviation => deviation * deviation));

    /// <summary>
    /// Packs the data: about the mean, by the power of two that centres the columns' deviations on 1. A column without any takes
    /// the typical one of the others, so that it has a scale at all.
    /// </summary>
    public static (PackedData Data, double[] Scale) Pack(ColumnSummary summary)
    {
        for (int i = 0; i < summary.Deviations.Length; i++)
        {
            double deviation = summary.Deviations[i];
            if (!double.IsFinite(deviation) || deviation > Widest || (deviation > 0 && deviation < Narrowest))
            {
                throw Refuse.Argument("x", $"x has a standard deviation of {deviation} in column {i}, whose square leaves the range "
                    + "of a double. Multiply the column by a number that brings it nearer to 1, or remove outliers.");
            }
        }

        double[] spread = [.. summary.Deviations.Where(deviation => deviation > 0)];
        double typical = spread.Length > 0
            ? Math.Exp(spread.Average(Math.Log))
            : summary.Means.Select(Math.Abs).Max() is > 0 and double size ? Math.Clamp(size, Narrowest, Widest) : 1;
        double[] deviations = Array.ConvertAll(summary.Deviations, deviation => deviation > 0 ? deviation : typical);
        Packing packing = new(summary.Means, Packing.ExponentFor(deviations));
        return (summary.Data.Repack(packing).Kept(), Array.ConvertAll(deviations, packing.Scale));
    }

    /// <summary>One M-step from responsibilities that need no parameters. Two passes: means, then scatters about them.</summary>
    public MixtureParameters Maximize(IResponsibilities responsibilities, CancellationToken cancellationToken) =>
        Maximize(Data, responsibilities, cancellationToken);

    /// <summary>The same from some rows only, in the engine's units.</summary>
    public MixtureParameters Maximize(PackedData rows, IResponsibilities responsibilities, CancellationToken cancellationToken)
    {
        using ExpectationPass pass = new(rows, Components, Workers);
        double[] origin = new double[Components * rows.Dimension];
        double[] means = pass.Run(responsibilities, ScatterShape.None, origin, cancellationToken).Means(origin);
        return MaximizeAbout(means, pass, responsibilities, cancellationToken);
    }

    /// <summary>The same in one pass, about centres known to lie near the means.</summary>
    public MixtureParameters MaximizeAbout(double[] centres, IResponsibilities responsibilities, CancellationToken cancellationToken)
    {
        using ExpectationPass pass = new(Data, Components, Workers);
        return MaximizeAbout(centres, pass, responsibilities, cancellationToken);
    }

    private MixtureParameters MaximizeAbout(double[] centres, ExpectationPass pass, IResponsibilities responsibilities,
        CancellationToken cancellationToken)
    {
        MixtureStatistics statistics = pass.Run(responsibilities, CovarianceType.ScatterShape, centres, cancellationToken);
        return Maximization.Update(statistics, Around(centres, Metric)).Parameters;
    }

    /// <summary>Where a fit may begin, given parameters in the engine's units that are the caller's.</summary>
    public MixtureParameters Admit(MixtureParameters start, CancellationToken cancellationToken) =>
        Maximization.Admit(start, () => StepFrom(start, cancellationToken));

    /// <summary>The same given covariances that may not be of the family: one step leads into it.</summary>
    public MixtureParameters StepFrom(MixtureParameters start, CancellationToken cancellationToken) =>
        MaximizeAbout(start.Means, new EStep(LogDensities.Of(start)), cancellationToken);

    /// <summary>Equal weights and one common covariance about the given means.</summary>
    public MixtureParameters Around(double[] means, Covariance covariance)
    {
        double[] weights = new double[Components];
        weights.AsSpan().Fill(1.0 / Components);
        return new MixtureParameters(Data.Dimension, weights, means, ComponentCovariances.Shared(covariance, Components));
    }
}
