namespace GaussianMixtures.Fitting;

/// <inheritdoc cref="Acceleration.None"/>
internal sealed class NoAcceleration : Acceleration
{
    protected internal override IExtrapolation? Begin(int length) => null;
}
