namespace GaussianMixtures.Fitting;

/// <inheritdoc cref="Acceleration.Squarem"/>
internal sealed class SquaremAcceleration : Acceleration
{
    protected internal override IExtrapolation? Begin(int length) => new SquaredExtrapolation(length);
}
