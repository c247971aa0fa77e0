using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>Puts an <see cref="Acceleration"/> to work on what passes find: to coordinates, a proposal, and an M-step from there.</summary>
internal sealed class Accelerator(Acceleration acceleration, MaximumLikelihood maximization, double[] scale)
{
    private Coordinates? _coordinates;
    private IExtrapolation? _extrapolation;
    private double[] _point = [];
    private double[] _image = [];
    private double[] _proposal = [];
    private MixtureStatistics? _seen;
    private MixtureStatistics? _proposed;
    private MixtureParameters? _under;
    private bool _hasPoint;
    private bool _hasUnread;

    public bool TryPropose(MixtureStatistics statistics, MixtureParameters current, out MixtureParameters? proposal)
    {
        proposal = null;
        Begin(statistics);
        if (_extrapolation is null)
        {
            return true;
        }

        if (_hasUnread)
        {
            _seen!.Centre(_under!.Means);
            _hasPoint = _coordinates!.TryWrite(_seen, _point);
            _hasUnread = false;
        }

        _seen!.CopyFrom(statistics);
        _seen.Centre(current.Means);
        _under = current;
        bool hadPoint = _hasPoint;
        _hasPoint = _coordinates!.TryWrite(_seen, _image);
        if (!_hasPoint)
        {
            return false;
        }

        if (!hadPoint || !_extrapolation.Propose(_point, _image, _proposal))
        {
            (_point, _image) = (_image, _point);
            return true;
        }

        proposal = _coordinates.TryRead(_proposal, _seen.TotalWeight, _proposed!) ? maximization.TryUpdate(_proposed!, current) : null;
        if (proposal is null)
        {
            (_point, _image) = (_image, _point);
            _extrapolation.Refuse();
            return false;
        }

        _proposal.CopyTo(_point, 0);
        return true;
    }

    /// <summary>The last proposal lowered the log-likelihood: EM's own step instead.</summary>
    public Estimate Refuse()
    {
        _extrapolation!.Refuse();
        (_point, _image) = (_image, _point);
        return maximization.Update(_seen!, _under!);
    }

    public void Observe(MixtureStatistics statistics, MixtureParameters current)
    {
        Begin(statistics);
        if (_extrapolation is not null)
        {
            _seen!.CopyFrom(statistics);
            _under = current;
            _hasUnread = true;
        }
    }

    private void Begin(MixtureStatistics statistics)
    {
        if (_coordinates is null)
        {
            _coordinates = new Coordinates(maximization.ScatterShape, statistics.Components, scale);
            _extrapolation = acceleration.Begin(_coordinates.Length);
            _point = new double[_coordinates.Length];
            _image = new double[_coordinates.Length];
            _proposal = new double[_coordinates.Length];
            _seen = new MixtureStatistics(statistics.Components, statistics.Dimension, maximization.ScatterShape, []);
            _proposed = new MixtureStatistics(statistics.Components, statistics.Dimension, maximization.ScatterShape, []);
        }
    }
}
