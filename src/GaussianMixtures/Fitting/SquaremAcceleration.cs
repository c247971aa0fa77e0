using GaussianMixtures.Data;

namespace GaussianMixtures.Fitting;

/// <inheritdoc cref="Acceleration.Squarem"/>
internal sealed class SquaremAcceleration : Acceleration
{
    protected internal override IExtrapolation? Begin(int length) => Begin(length, new LoopArrays(0));

    internal override IExtrapolation? Begin(int length, LoopArrays arrays) => new SquaredExtrapolation(length, arrays);
}
