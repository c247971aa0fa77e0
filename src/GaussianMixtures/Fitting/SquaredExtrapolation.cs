using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Fitting;

/// <summary>
/// x₀ → x₁ → x₂ by EM; r = x₁ − x₀, v = (x₂ − x₁) − r, step α = |r| / |v|; the proposal x₀ + 2αr + α²v is the next x₀. Steps have
/// a longest length, which grows fourfold when it was reached and kept, and shrinks with each refusal (Varadhan &amp; Roland
/// 2008, section 6).
/// </summary>
internal sealed class SquaredExtrapolation(int length, LoopArrays arrays) : IExtrapolation
{
    private const double Growth = 4;
    private const double Shortest = 1.5;

    private readonly double[] _start = arrays.TakeForLoop(length);
    private readonly double[] _first = arrays.TakeForLoop(length);
    private bool _hasFirst;
    private double _step;
    private double _longest = Growth;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Propose(ReadOnlySpan<double> point, ReadOnlySpan<double> image, Span<double> proposal)
    {
        _hasFirst = !_hasFirst;
        if (_hasFirst)
        {
            point.CopyTo(_start);
            for (int i = 0; i < _first.Length; i++)
            {
                _first[i] = image[i] - point[i];
            }

            return false;
        }

        for (int i = 0; i < proposal.Length; i++)
        {
            proposal[i] = image[i] - point[i] - _first[i];
        }

        _longest *= _step >= _longest ? Growth : 1;
        double whole = Math.Sqrt(VectorKernels.Best.Dot(_first, _first) / VectorKernels.Best.Dot(proposal, proposal));
        _step = Math.Min(whole, _longest);
        if (!(_step > 1) || !double.IsFinite(_step)) // no longer than EM's own two steps, or no curvature at all
        {
            return false;
        }

        for (int i = 0; i < proposal.Length; i++)
        {
            proposal[i] = _start[i] + (2 * _step * _first[i]) + (_step * _step * proposal[i]);
        }

        return true;
    }

    public void Refuse()
    {
        _hasFirst = false;
        _longest = Math.Max(Shortest, _step / Growth);
        _step = 0;
    }
}
