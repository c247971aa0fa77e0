using MathNet.Numerics.Random;

namespace GaussianMixtures.Kernels;

/// <summary>
/// Random numbers by address: the same (seed, restart, purpose) is the same stream, whoever asks first. There is no shared
/// generator whose state could depend on the order of work.
/// </summary>
internal static class RandomStream
{
    public static Random At(int seed, int restart, RandomPurpose purpose)
    {
        ulong address = Mix((uint)seed);
        address = Mix(address ^ (uint)restart);
        address = Mix(address ^ (uint)purpose);
        return new Xoshiro256StarStar((int)address, threadSafe: false);
    }

    /// <summary>A seed of its own for each of many repetitions under one.</summary>
    public static int Seed(int seed, int repetition, RandomPurpose purpose) => At(seed, repetition, purpose).Next();

    /// <summary>The finaliser of SplitMix64 (Steele, Lea &amp; Flood 2014, doi:10.1145/2660193.2660195).</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

/// <summary>What a random stream is for: streams of different purposes are independent.</summary>
internal enum RandomPurpose
{
    Start = 1,
    Sampling = 2,
    Replicate = 3,
}
