using GaussianMixtures.Data;

namespace GaussianMixtures.Fitting;

/// <inheritdoc cref="Acceleration.StartingBelow"/>
internal sealed class StartedAcceleration(Acceleration acceleration, double settledGain) : Acceleration
{
    private readonly Acceleration _acceleration = acceleration;

    protected internal override double SettledGain { get; } = settledGain;

    protected internal override IExtrapolation? Begin(int length) => _acceleration.Begin(length);

    internal override IExtrapolation? Begin(int length, LoopArrays arrays) => _acceleration.Begin(length, arrays);

    public override bool Equals(object? obj) =>
        obj is StartedAcceleration other && _acceleration.Equals(other._acceleration) && SettledGain.Equals(other.SettledGain);

    public override int GetHashCode() => HashCode.Combine(_acceleration, SettledGain);
}
