namespace GaussianMixtures.Covariances;

/// <summary>
/// What a family asks of the volumes, the shapes or the orientations of its components: one of three, with mclust's letter and
/// the number of copies there are to estimate.
/// </summary>
internal sealed record Constraint(char Letter, Func<int, int> Copies)
{
    /// <summary>That of the identity matrix: nothing to estimate.</summary>
    public static Constraint Identity { get; } = new('I', _ => 0);

    /// <summary>The same for all components.</summary>
    public static Constraint Equal { get; } = new('E', _ => 1);

    /// <summary>Each component's own.</summary>
    public static Constraint Variable { get; } = new('V', components => components);

    /// <summary>Whether what the other asks for meets this one: the identity is equal for all, and what is equal may vary.</summary>
    public bool Allows(Constraint other) => Copies(2) >= other.Copies(2);
}
