using GaussianMixtures.Data;

namespace GaussianMixtures.Covariances;

/// <summary>
/// A family of mclust's fourteen: Σ_j = λ_j D_j A_j D_jᵀ with volume λ_j, shape A_j (diagonal, determinant 1) and orientation D_j
/// (orthogonal), each constrained on its own (Banfield &amp; Raftery 1993, doi:10.2307/2532201; Celeux &amp; Govaert 1995,
/// doi:10.1016/0031-3203(94)00125-6). What follows from the three letters stands here; the M-step is each family's own.
/// </summary>
internal abstract class ParsimoniousType(Constraint volume, Constraint shape, Constraint orientation) : CovarianceType
{
    public sealed override string Name { get; } = string.Concat([volume.Letter, shape.Letter, orientation.Letter]);

    /// <remarks>
    /// S Σ_j S, for a diagonal S, has the axes and lengths of no Σ_j any more. It is of the family where the axes are the columns, or where
    /// shape and orientation are shared together or free together; a sphere becomes an ellipsoid.
    /// </remarks>
    public sealed override bool IsColumnScaleFree =>
        shape != Constraint.Identity && (orientation == Constraint.Identity || orientation == shape);

    /// <summary>Whether all that is estimated is each component's own, or all is shared: then no component's floor is another's concern.</summary>
    private bool IsSeparable { get; } =
        new[] { volume, shape, orientation }.Where(constraint => constraint != Constraint.Identity).Distinct().Count() == 1;

    public sealed override bool Contains(CovarianceType other) => base.Contains(other) || other.IsWithin(volume, shape, orientation);

    public sealed override int CovarianceParameterCount(int components, int dimension) =>
        volume.Copies(components)
        + (shape.Copies(components) * (dimension - 1))
        + (orientation.Copies(components) * (dimension * (dimension - 1) / 2));

    public sealed override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters) => Estimate(scatters, ComponentCovariances.None, null);

    /// <remarks>Only the library asks for this, and keeps no covariance that it has given back: a type from outside may.</remarks>
    internal sealed override ComponentCovariances Reestimate(ComponentScatters scatters, ComponentCovariances former) =>
        Estimate(scatters, former, scatters.Arrays);

    /// <summary>The M-step.</summary>
    /// <param name="scatters">W_j and N_j.</param>
    /// <param name="former">An estimate from similar scatters, for what iterates to begin at; or <see cref="ComponentCovariances.None"/>.</param>
    /// <param name="arrays">Where to take arrays from, if from anywhere.</param>
    private protected abstract ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays);

    internal sealed override bool IsWithin(Constraint volumes, Constraint shapes, Constraint orientations) =>
        volumes.Allows(volume) && shapes.Allows(shape) && orientations.Allows(orientation);

    internal sealed override ComponentCovariances Raise(ComponentScatters scatters, ComponentCovariances former,
        ComponentCovariances clamped, VarianceFloor floor) =>
        IsSeparable ? clamped : LiftedScatters.HeldAbove(this, scatters, former, floor).Remembered();

    internal sealed override ComponentScatters AddRidge(ComponentScatters scatters, ComponentCovariances former, double ridge) => IsSeparable
        ? base.AddRidge(scatters, former, ridge)
        : LiftedScatters.WithRidge(this, scatters, former, ridge).Scatters;

    internal sealed override ComponentCovariances BetterOf(
        ComponentCovariances estimates, ComponentCovariances current, ComponentScatters scatters) =>
        IsSeparable ? estimates : base.BetterOf(estimates, current, scatters);
}
