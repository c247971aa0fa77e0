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

    /// <summary>Where to go on from, other than <paramref name="image"/>, if anywhere. False where that is no mixture: as good as refused.</summary>
    public bool TryPropose(MixtureParameters current, MixtureParameters image, out MixtureParameters? proposal)
    {
        proposal = null;
        if (_coordinates is null)
        {
            _coordinates = new Coordinates(image, type, scale);
            _extrapolation = acceleration.Begin(_coordinates.Length);
            _point = new double[_coordinates.Length];
            _image = new double[_coordinates.Length];
            _proposal = new double[_coordinates.Length];
        }

        if (_extrapolation is null)
        {
            return true;
        }

        if (!_coordinates.TryWrite(current, _point) || !_coordinates.TryWrite(image, _image))
        {
            return false;
        }

        if (!_extrapolation.Propose(_point, _image, _proposal))
        {
            return true;
        }

        proposal = _coordinates.TryRead(_proposal, image) is MixtureParameters read ? maximization.TryAdmit(read) : null;
        if (proposal is null)
        {
            Refuse();
        }

        return proposal is not null;
    }

    /// <summary>The last proposal lowered the log-likelihood, or is no mixture.</summary>
    public void Refuse() => _extrapolation!.Refuse();
}
