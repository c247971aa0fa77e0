using GaussianMixtures.Scoring;

namespace GaussianMixtures.Fitting;

/// <summary>Puts an <see cref="Acceleration"/> to work on mixture parameters: to coordinates, a proposal, and back into the family.</summary>
internal sealed class Accelerator(Acceleration acceleration, CovarianceType type, double[] scale, MaximumLikelihood maximization)
{
    private Coordinates? _coordinates;
    private IExtrapolation? _extrapolation;
    private double[] _point = [];
    private double[] _image = [];
    private double[] _proposal = [];

    /// <summary>Where to go on from, other than <paramref name="image"/>; null for there.</summary>
    public MixtureParameters? Propose(MixtureParameters current, MixtureParameters image)
    {
        if (_coordinates is null)
        {
            _coordinates = new Coordinates(image, type, scale);
            _extrapolation = acceleration.Begin(_coordinates.Length);
            _point = new double[_coordinates.Length];
            _image = new double[_coordinates.Length];
            _proposal = new double[_coordinates.Length];
        }

        return _extrapolation is not null && _coordinates.TryWrite(current, _point) && _coordinates.TryWrite(image, _image)
            && _extrapolation.Propose(_point, _image, _proposal)
            && _coordinates.TryRead(_proposal, image) is MixtureParameters proposal
            ? maximization.TryAdmit(proposal)
            : null;
    }

    /// <summary>The last proposal lowered the log-likelihood.</summary>
    public void Refuse() => _extrapolation!.Refuse();
}
