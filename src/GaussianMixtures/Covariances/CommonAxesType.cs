using GaussianMixtures.Data;

namespace GaussianMixtures.Covariances;

/// <summary>A family whose components have their axes in common: the axes first, then the variances along them.</summary>
internal abstract class CommonAxesType(Constraint volume, Constraint shape) : ParsimoniousType(volume, shape, Constraint.Equal)
{
    public sealed override ScatterShape ScatterShape => ScatterShape.Full;

    /// <remarks>From axes that were the best a moment ago, and then from no others.</remarks>
    private protected sealed override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays) =>
        Compose(former.Axes is { } axes
            ? CommonAxesSearch.Near(scatters, MeasureFor(scatters), axes, arrays)
            : CommonAxesSearch.Best(scatters, MeasureFor(scatters), Starts(scatters)));

    private ComponentCovariances Compose(CommonAxes common) => new(common.Compose(Variances(common.Table))) { Axes = common.Axes };

    /// <summary>What the axes of the highest likelihood make least.</summary>
    private protected abstract VolumeMeasure MeasureFor(ComponentScatters scatters);

    /// <summary>Where to look for them.</summary>
    private protected virtual IEnumerable<double[]> Starts(ComponentScatters scatters) => CommonAxesSearch.Starts(scatters);

    /// <summary>The variances of the highest likelihood along given axes.</summary>
    private protected abstract AxisTable Variances(AxisTable scatter);
}
