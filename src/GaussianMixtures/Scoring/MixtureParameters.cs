using GaussianMixtures.Covariances;
using GaussianMixtures.Data;

namespace GaussianMixtures.Scoring;

/// <summary>Weights, means (k x d, row after row) and covariances of a mixture, in whichever units. Not written to once made.</summary>
internal record MixtureParameters(int Dimension, double[] Weights, double[] Means, ComponentCovariances Covariances)
{
    public int Components => Weights.Length;

    /// <summary>What the E-step adds to each component's log density: log w_j, or what stands for it where the parameters are uncertain.</summary>
    public virtual void WriteLogWeights(Span<double> logWeights)
    {
        for (int j = 0; j < Weights.Length; j++)
        {
            logWeights[j] = Math.Log(Weights[j]);
        }
    }

    /// <summary>The mixture with these weights, means and covariances as if they were certain.</summary>
    public virtual MixtureParameters AsCertain => this;

    /// <summary>Whether all components hold one and the same covariance.</summary>
    public bool SharesCovariance => Covariances.AreShared;

    public ReadOnlySpan<double> Mean(int component) => Means.AsSpan(component * Dimension, Dimension);

    /// <summary>The same weights and means with these covariances.</summary>
    public MixtureParameters With(ComponentCovariances covariances) =>
        ReferenceEquals(covariances, Covariances) ? this : this with { Covariances = covariances };

    /// <summary>From data units to the engine's.</summary>
    public virtual MixtureParameters Pack(Packing packing)
    {
        double[] means = new double[Means.Length];
        for (int j = 0; j < Components; j++)
        {
            packing.Pack(Mean(j), means.AsSpan(j * Dimension, Dimension));
        }

        return this with { Means = means, Covariances = Each(covariance => covariance.ScaleBy(packing.Exponent)) };
    }

    /// <summary>From the engine's units to data units.</summary>
    /// <exception cref="ArgumentException">There a variance is no double.</exception>
    public virtual MixtureParameters Unpack(Packing packing)
    {
        double[] means = new double[Means.Length];
        for (int j = 0; j < Components; j++)
        {
            packing.Unpack(Mean(j), means.AsSpan(j * Dimension, Dimension));
        }

        MixtureParameters unpacked = this with { Means = means, Covariances = Each(covariance => covariance.ScaleBy(-packing.Exponent)) };
        unpacked.CheckRange();
        return unpacked;
    }

    /// <summary>The components in another order.</summary>
    public virtual MixtureParameters Reorder(int[] order)
    {
        double[] means = new double[Means.Length];
        for (int j = 0; j < order.Length; j++)
        {
            Mean(order[j]).CopyTo(means.AsSpan(j * Dimension));
        }

        return this with
        {
            Weights = Array.ConvertAll(order, j => Weights[j]),
            Means = means,
            Covariances = new ComponentCovariances(Array.ConvertAll(order, j => Covariances[j])),
        };
    }

    /// <summary>Columns may be within range and a component's variance not: where volumes are equal a flat one makes the others large.</summary>
    private void CheckRange()
    {
        for (int j = 0; j < Components; j++)
        {
            for (int i = 0; i < Dimension; i++)
            {
                if (!double.IsFinite(Covariances[j].Variance(i)))
                {
                    throw Refuse.Argument("x", $"x is so large that the variance of component {j} in column {i} leaves the range of a double. "
                        + "Multiply all columns by a number that brings them nearer to 1.");
                }
            }
        }
    }

    /// <summary>Changes every covariance, and one that neighbours share once.</summary>
    private ComponentCovariances Each(Func<Covariance, Covariance> change)
    {
        Covariance[] changed = new Covariance[Components];
        for (int j = 0; j < changed.Length; j++)
        {
            changed[j] = j > 0 && ReferenceEquals(Covariances[j], Covariances[j - 1]) ? changed[j - 1] : change(Covariances[j]);
        }

        return new ComponentCovariances(changed);
    }
}
