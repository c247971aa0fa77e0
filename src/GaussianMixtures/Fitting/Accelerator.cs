using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>
/// Puts an <see cref="Acceleration"/> to work on what the passes of one loop find: to coordinates, a proposal, and an M-step from there. So what
/// is proposed is always of the family, above the floor, and mindful of the prior.
/// </summary>
internal sealed class Accelerator(Acceleration acceleration, MaximumLikelihood maximization, double[] scale)
{
    private Coordinates? _coordinates;
    private IExtrapolation? _extrapolation;

    /// <summary>Coordinates of what the last step led from, of what a pass found after it, and of what is proposed instead.</summary>
    private double[] _point = [];
    private double[] _image = [];
    private double[] _proposal = [];

    /// <summary>What the last pass found, and under which parameters; and statistics that no pass has found.</summary>
    private MixtureStatistics? _seen;
    private MixtureParameters? _under;
    private MixtureStatistics? _proposed;

    /// <summary>Whether the coordinates of what was last seen are known, or could be.</summary>
    private bool _hasPoint;
    private bool _isUnread;

    /// <summary>A pass after which EM's own step is taken: extrapolation may begin with the next.</summary>
    public void Observe(MixtureStatistics statistics, MixtureParameters current)
    {
        if (Begins(statistics))
        {
            See(statistics, current);
            _isUnread = true;
        }
    }

    /// <summary>
    /// Where to go on from, other than by EM's own step, if anywhere. False where that is no mixture: as good as refused. Leaves the statistics as
    /// they are.
    /// </summary>
    /// <param name="statistics">What a pass has found.</param>
    /// <param name="current">Under these parameters.</param>
    /// <param name="proposal">Other parameters, or null.</param>
    public bool TryPropose(MixtureStatistics statistics, MixtureParameters current, out MixtureParameters? proposal)
    {
        proposal = null;
        if (!Begins(statistics))
        {
            return true;
        }

        if (_isUnread)
        {
            Read(_point);
        }

        bool hadPoint = _hasPoint;
        See(statistics, current);
        Read(_image);
        if (!_hasPoint)
        {
            return false;
        }

        if (!hadPoint || !_extrapolation!.Propose(_point, _image, _proposal))
        {
            TakeImage();
            return true;
        }

        proposal = _coordinates!.TryRead(_proposal, _seen!.TotalWeight, _proposed!) ? maximization.TryUpdate(_proposed!, current) : null;
        if (proposal is null)
        {
            _extrapolation.Refuse();
            TakeImage();
            return false;
        }

        _proposal.CopyTo(_point, 0);
        return true;
    }

    /// <summary>The last proposal lowered the log-likelihood: EM's own step instead of it.</summary>
    public Estimate Refuse()
    {
        _extrapolation!.Refuse();
        TakeImage();
        return maximization.Update(_seen!, _under!);
    }

    /// <summary>False where there is nothing to extrapolate with.</summary>
    private bool Begins(MixtureStatistics like)
    {
        if (_coordinates is null)
        {
            _coordinates = new Coordinates(maximization.ScatterShape, like.Components, scale);
            _extrapolation = acceleration.Begin(_coordinates.Length, like.Arrays!);
            if (_extrapolation is not null)
            {
                _point = like.Arrays!.TakeForLoop(_coordinates.Length);
                _image = like.Arrays.TakeForLoop(_coordinates.Length);
                _proposal = like.Arrays.TakeForLoop(_coordinates.Length);
                _seen = New();
                _proposed = New();
            }
        }

        return _extrapolation is not null;

        MixtureStatistics New() => like.Another(maximization.ScatterShape);
    }

    private void See(MixtureStatistics statistics, MixtureParameters under)
    {
        _seen!.CopyFrom(statistics);
        _under = under;
    }

    private void Read(double[] coordinates)
    {
        _seen!.Centre();
        _hasPoint = _coordinates!.TryWrite(_seen, coordinates);
        _isUnread = false;
    }

    /// <summary>EM's own step leads from there.</summary>
    private void TakeImage() => (_point, _image) = (_image, _point);
}
