namespace GaussianMixtures.Covariances;

/// <summary>A family whose components have their axes in common: the axes first, then the variances along them.</summary>
internal abstract class CommonAxesType(Constraint volume, Constraint shape) : ParsimoniousType(volume, shape, Constraint.Equal)
{
    public sealed override ScatterShape ScatterShape => ScatterShape.Full;

    public sealed override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters)
    {
        CommonAxes common = Search(scatters, OwnAxes.Of(scatters));
        return common.Compose(Variances(common.Table));
    }

    /// <summary>The axes of the highest likelihood.</summary>
    private protected abstract CommonAxes Search(ComponentScatters scatters, OwnAxes own);

    /// <summary>The variances of the highest likelihood along given axes.</summary>
    private protected abstract AxisTable Variances(AxisTable scatter);
}
