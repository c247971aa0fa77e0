using GaussianMixtures.Covariances;
using GaussianMixtures.Data;

namespace GaussianMixtures;

/// <summary>
/// How the covariances of all components are estimated together: which of them are equal, diagonal or spherical.
/// The instances are singletons, named by the three letters of mclust (Banfield &amp; Raftery 1993, doi:10.2307/2532201; Celeux &amp;
/// Govaert 1995, doi:10.1016/0031-3203(94)00125-6), with four familiar aliases. The letters speak of volume, shape and
/// orientation: E, equal for all components; V, each component's own; I, as in the identity matrix.
/// </summary>
/// <remarks>
/// To add a family, derive, say what it needs (<see cref="ScatterShape"/>) and costs (<see cref="CovarianceParameterCount"/>), and
/// maximise the likelihood in <see cref="Estimate"/>. Everything else (the E-step, weights, starts, floors, scoring,
/// sampling, criteria) is then free. Implementations are immutable and thread-safe.
/// </remarks>
public abstract class CovarianceType
{
    /// <summary>A fall of the objective by this, for each observation and column, is rounding.</summary>
    private const double ObjectiveRounding = 1e-13;

    /// <summary>One multiple of the identity, shared by all components.</summary>
    public static CovarianceType EII { get; } = new EiiType();

    /// <summary>A multiple of the identity per component.</summary>
    public static CovarianceType VII { get; } = new SphericalType();

    /// <summary>One diagonal matrix, shared by all components.</summary>
    public static CovarianceType EEI { get; } = new EeiType();

    /// <summary>Diagonal matrices of one shape, in a size of each component's own.</summary>
    public static CovarianceType VEI { get; } = new VeiType();

    /// <summary>Diagonal matrices, a shape of each component's own, all of one volume.</summary>
    public static CovarianceType EVI { get; } = new EviType();

    /// <summary>A diagonal matrix per component.</summary>
    public static CovarianceType VVI { get; } = new DiagonalType();

    /// <summary>One full matrix, shared by all components.</summary>
    public static CovarianceType EEE { get; } = new TiedType();

    /// <summary>One ellipsoid in every component, in a size of its own.</summary>
    public static CovarianceType VEE { get; } = new VeeType();

    /// <summary>Ellipsoids of one volume along common axes, a shape of each component's own.</summary>
    public static CovarianceType EVE { get; } = new EveType();

    /// <summary>Ellipsoids along common axes, otherwise each component's own.</summary>
    public static CovarianceType VVE { get; } = new VveType();

    /// <summary>One ellipsoid, turned another way in each component.</summary>
    public static CovarianceType EEV { get; } = new EevType();

    /// <summary>Ellipsoids of one shape, in a size and a direction of each component's own.</summary>
    public static CovarianceType VEV { get; } = new VevType();

    /// <summary>Ellipsoids of one volume, otherwise each component's own.</summary>
    public static CovarianceType EVV { get; } = new EvvType();

    /// <summary>Volume, shape and orientation are each component's own: a full matrix per component.</summary>
    public static CovarianceType VVV { get; } = new FullType();

    /// <summary>Every component has its own full covariance matrix: the same instance as <see cref="VVV"/>. The most flexible, and the default.</summary>
    public static CovarianceType Full => VVV;

    /// <summary>All components share one full covariance matrix: the same instance as <see cref="EEE"/>.</summary>
    public static CovarianceType Tied => EEE;

    /// <summary>Every component has its own diagonal covariance matrix: the same instance as <see cref="VVI"/>.</summary>
    public static CovarianceType Diagonal => VVI;

    /// <summary>Every component has one variance for all columns: the same instance as <see cref="VII"/>.</summary>
    public static CovarianceType Spherical => VII;

    /// <summary>The types of this library: spheres, ellipsoids along the columns, then any; within each, from the fewest parameters to the most.</summary>
    public static IReadOnlyList<CovarianceType> All { get; } = [EII, VII, EEI, VEI, EVI, VVI, EEE, VEE, EVE, VVE, EEV, VEV, EVV, VVV];

    /// <summary>The name, unique among the types: for those of this library, mclust's three letters.</summary>
    public abstract string Name { get; }

    /// <summary>Other names the type is known by, for example scikit-learn's.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>The second moments that <see cref="Estimate"/> needs.</summary>
    public abstract ScatterShape ScatterShape { get; }

    /// <summary>
    /// Whether multiplying one column by a number, and fitting again, gives the same model in the new units. If so, starts
    /// are sought among standardised columns; if not, as for <see cref="Spherical"/>, in the units given.
    /// </summary>
    /// <value>The default is true.</value>
    public virtual bool IsColumnScaleFree => true;

    /// <summary>
    /// Whether every set of covariances that the other type allows is allowed by this one too. Then its maximum of the likelihood is at least as
    /// high, and a <see cref="ModelSelection"/> that finds it lower knows that it was missed.
    /// </summary>
    /// <param name="other">Any type.</param>
    /// <returns>By default, whether it is this one.</returns>
    /// <exception cref="ArgumentNullException">other is null.</exception>
    public virtual bool Contains(CovarianceType other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other);
    }

    /// <summary>The type of that name or alias, whatever its case.</summary>
    /// <exception cref="ArgumentNullException">name is null.</exception>
    /// <exception cref="ArgumentException">No type has that name.</exception>
    public static CovarianceType Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(type => type.IsCalled(name)) ?? throw Refuse.Argument(nameof(name),
            $"name is \"{name}\", which is no covariance type. Use one of {string.Join(", ", All.SelectMany(type => type.Aliases.Prepend(type.Name)))}.");
    }

    /// <summary>The number of free parameters of a mixture: k − 1 weights, k·d means, and the covariances.</summary>
    /// <param name="components">k, at least 1.</param>
    /// <param name="dimension">d, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">components or dimension is below 1.</exception>
    public int ParameterCount(int components, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        return checked(components - 1 + (components * dimension) + CovarianceParameterCount(components, dimension));
    }

    /// <summary>The number of free parameters of the k covariances together.</summary>
    public abstract int CovarianceParameterCount(int components, int dimension);

    /// <summary>
    /// The M-step: the k covariances that maximise Σ_j −½ (N_j log|Σ_j| + tr(Σ_j⁻¹ W_j)) among those the family allows. Called
    /// once per iteration, never per row. A matrix may be singular where the scatters are: the variance floor is applied
    /// afterwards. Return one instance k times where the components share it.
    /// </summary>
    public abstract IReadOnlyList<Covariance> Estimate(ComponentScatters scatters);

    /// <summary>
    /// The same, after an estimate from similar scatters: what iterates begins where that one ended, and is there soon.
    /// </summary>
    /// <remarks>A family from outside may keep what it is given.</remarks>
    internal virtual ComponentCovariances Reestimate(ComponentScatters scatters, ComponentCovariances former) =>
        ComponentCovariances.From(Estimate(scatters.Copy()) ?? throw new InvalidOperationException($"Covariance type {Name} returned no covariances."));

    /// <summary>
    /// The estimate held above the floor, given that the one of <see cref="Estimate"/> is not. <paramref name="clamped"/> is that one
    /// with each covariance raised on its own, which is the constrained maximum where components do not constrain one another;
    /// <paramref name="former"/> is as in <see cref="Reestimate"/>.
    /// </summary>
    internal virtual ComponentCovariances Raise(ComponentScatters scatters, ComponentCovariances former,
        ComponentCovariances clamped, VarianceFloor floor) => clamped;

    /// <summary>
    /// The scatters whose estimate has the ridge ρ: W_j + N_j ρ I, which is ρ I added to W_j / N_j; or more, where a family would make less
    /// of it than ρ in every direction. <paramref name="former"/> is as in <see cref="Reestimate"/>, which is the estimate that is meant.
    /// </summary>
    internal virtual ComponentScatters AddRidge(ComponentScatters scatters, ComponentCovariances former, double ridge) =>
        scatters.PlusDiagonal([.. Enumerable.Repeat(ridge, scatters.Dimension)], 1);

    /// <summary>
    /// The estimates, or the current covariances where these have the higher objective: an inner iteration ends short of its
    /// maximum, or at another, and of nearly singular scatters also what is in closed form is mostly rounding. What stands between that and a
    /// likelihood that falls is this.
    /// </summary>
    internal virtual ComponentCovariances BetterOf(
        ComponentCovariances estimates, ComponentCovariances current, ComponentScatters scatters)
    {
        double rounding = ObjectiveRounding * scatters.TotalWeight * scatters.Dimension;
        return Covariance.Objective(estimates, scatters) >= Covariance.Objective(current, scatters) - rounding ? estimates : current;
    }

    /// <summary>Whether covariances of this type always meet these constraints.</summary>
    internal virtual bool IsWithin(Constraint volumes, Constraint shapes, Constraint orientations) => false;

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;

    internal bool IsCalled(string name) =>
        Aliases.Prepend(Name).Any(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
}
