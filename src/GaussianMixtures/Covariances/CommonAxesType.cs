namespace GaussianMixtures.Covariances;

/// <summary>A family whose components have their axes in common: the axes first, then the variances along them.</summary>
internal abstract class CommonAxesType(Constraint volume, Constraint shape) : ParsimoniousType(volume, shape, Constraint.Equal)
{
    public sealed override ScatterShape ScatterShape => ScatterShape.Full;

    public sealed override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters) =>
        Compose(CommonAxesSearch.Best(scatters, MeasureFor(scatters), Starts(scatters)));

    /// <remarks>From axes that were the best a moment ago, and from no others.</remarks>
    internal sealed override IReadOnlyList<Covariance> Reestimate(ComponentScatters scatters, IReadOnlyList<Covariance> former)
    {
        if (former is EstimatedCovariances { Axes: { } axes })
        {
            return Compose(CommonAxesSearch.Near(scatters, MeasureFor(scatters), axes));
        }

        return Estimate(scatters);
    }

    private EstimatedCovariances Compose(CommonAxes common) => new(common.Compose(Variances(common.Table))) { Axes = common.Axes };

    /// <summary>What the axes of the highest likelihood make least.</summary>
    private protected abstract VolumeMeasure MeasureFor(ComponentScatters scatters);

    /// <summary>Where to look for them.</summary>
    private protected virtual IEnumerable<double[]> Starts(ComponentScatters scatters) => CommonAxesSearch.Starts(scatters);

    /// <summary>The variances of the highest likelihood along given axes.</summary>
    private protected abstract AxisTable Variances(AxisTable scatter);
}
