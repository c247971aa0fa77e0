using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Fitting;

/// <inheritdoc cref="Acceleration.Anderson"/>
internal sealed class AndersonAcceleration : Acceleration
{
    /// <summary>Steps combined at most. As Henderson &amp; Varadhan have it.</summary>
    private const int MostSteps = 10;

    protected internal override IExtrapolation? Begin(int length) => Begin(length, new LoopArrays(0));

    internal override IExtrapolation? Begin(int length, LoopArrays arrays) => new Combination(length, Math.Min(MostSteps, (length + 1) / 2), arrays);

    /// <summary>
    /// With residuals f = G(x) − x: the next point is G(x) − Σ γ_i (Δx_i + Δf_i), where γ minimises |f − Σ γ_i Δf_i|, shrunk. After
    /// <paramref name="order"/> steps the memory starts anew.
    /// </summary>
    /// <remarks>
    /// EM is slowest where it passes a saddle of the likelihood, and there the least residual leads back to the saddle: the
    /// proposal is refused. Then some squared steps, which follow the direction EM moves in, come first; the more, the
    /// sooner a combination was refused. A run begins with some, for it may begin before a saddle. Steps between them are
    /// remembered like any other.
    /// </remarks>
    private sealed class Combination(int length, int order, LoopArrays arrays) : IExtrapolation
    {
        private const int FewestSquared = 2;
        private const int MostSquared = 32;

        private readonly SquaredExtrapolation _squared = new(length, arrays);
        private readonly DampedLeastSquares _leastSquares = new(order, length, arrays);

        /// <summary>ΔG = Δx + Δf of the steps in memory.</summary>
        private readonly double[]?[] _moves = new double[order][];
        private readonly double[] _image = arrays.TakeForLoop(length);
        private readonly double[] _change = arrays.TakeForLoop(length);
        private double[] _residual = arrays.TakeForLoop(length);
        private double[] _formerResidual = arrays.TakeForLoop(length);
        private bool _hasLast;

        /// <summary>Steps remembered since a combination was last refused.</summary>
        private int _run;

        /// <summary>Squared proposals to make at first and after a refusal, and how many of them are left.</summary>
        private int _squaredAfterRefusal = FewestSquared;
        private int _squaredLeft = FewestSquared;
        private bool _lastWasSquared;

        public bool Propose(ReadOnlySpan<double> point, ReadOnlySpan<double> image, Span<double> proposal)
        {
            Remember(point, image);
            _lastWasSquared = _squaredLeft > 0;
            if (!_lastWasSquared)
            {
                return Combine(image, proposal);
            }

            bool proposes = _squared.Propose(point, image, proposal);
            _squaredLeft -= proposes ? 1 : 0;
            return proposes;
        }

        public void Refuse()
        {
            if (_lastWasSquared)
            {
                _squared.Refuse();
                return;
            }

            _squaredAfterRefusal = _run >= order ? FewestSquared : Math.Min(2 * _squaredAfterRefusal, MostSquared);
            _squaredLeft = _squaredAfterRefusal;
            _run = 0;
            _hasLast = false;
            _leastSquares.Forget();
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Remember(ReadOnlySpan<double> point, ReadOnlySpan<double> image)
        {
            (_residual, _formerResidual) = (_formerResidual, _residual);
            Subtract(image, point, _residual);
            if (_hasLast)
            {
                if (_leastSquares.Count == order)
                {
                    _leastSquares.Forget();
                }

                Subtract(image, _image, _moves[_leastSquares.Count] ??= arrays.TakeForLoop(length));
                Subtract(_residual, _formerResidual, _change);
                _leastSquares.Add(_change);
                _run++;
            }

            image.CopyTo(_image);
            _hasLast = true;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private bool Combine(ReadOnlySpan<double> image, Span<double> proposal)
        {
            if (_leastSquares.Count == 0)
            {
                return false;
            }

            ReadOnlySpan<double> weights = _leastSquares.Solve(_residual);
            image.CopyTo(proposal);
            for (int s = 0; s < weights.Length; s++)
            {
                ReadOnlySpan<double> move = _moves[s];
                for (int i = 0; i < proposal.Length; i++)
                {
                    proposal[i] -= weights[s] * move[i];
                }
            }

            return true;
        }

        private static void Subtract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> difference)
        {
            for (int i = 0; i < difference.Length; i++)
            {
                difference[i] = left[i] - right[i];
            }
        }
    }

    /// <summary>
    /// γ(λ) = (AᵀA + λI)⁻¹Aᵀf with λ such that |γ(λ)|² is a share of |γ(0)|², a share that grows from near 0 towards 1 with every
    /// column that was ever added.
    /// </summary>
    /// <remarks>
    /// As in a trust region (Moré &amp; Sorensen 1983, doi:10.1137/0904038), Newton's method finds λ by 1/|γ(λ)|, which is nearly linear. It
    /// begins at the last λ.
    /// </remarks>
    private sealed class DampedLeastSquares(int most, int length, LoopArrays arrays)
    {
        /// <summary>After this many steps half of |γ|² is allowed, and nearly all of it soon after. Henderson &amp; Varadhan's κ and α.</summary>
        private const double HalfDamped = 25;
        private const double Rate = 1.2;

        /// <summary>What the damping need not be nearer to.</summary>
        private const double Tolerance = 1e-3;

        private const int MostSteps = 30;

        /// <summary>The least λ, as a share of the trace: below it AᵀA is singular in double precision.</summary>
        private const double LeastPenalty = 1e-14;

        private readonly double[]?[] _columns = new double[most][];
        private readonly double[] _gram = arrays.TakeForLoop(Triangle.Length(most));
        private readonly double[] _lower = arrays.TakeForLoop(Triangle.Length(most));
        private readonly double[] _projection = arrays.TakeForLoop(most);
        private readonly double[] _weights = arrays.TakeForLoop(most);
        private readonly double[] _whitened = arrays.TakeForLoop(most);
        private double _damping = Math.Pow(Rate, HalfDamped);

        /// <summary>The last λ, as a share of the trace.</summary>
        private double _penalty;

        /// <summary>Columns of A.</summary>
        public int Count { get; private set; }

        public void Forget() => Count = 0;

        public void Add(ReadOnlySpan<double> column)
        {
            column.CopyTo(_columns[Count] ??= arrays.TakeForLoop(length));
            for (int c = 0; c <= Count; c++)
            {
                _gram[Triangle.Index(Count, c)] = VectorKernels.Best.Dot(column, _columns[c]);
            }

            Count++;
            _damping /= Rate;
        }

        /// <summary>γ, until the next call.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public ReadOnlySpan<double> Solve(ReadOnlySpan<double> right)
        {
            Span<double> weights = _weights.AsSpan(0, Count);
            double trace = 0;
            for (int c = 0; c < Count; c++)
            {
                _projection[c] = VectorKernels.Best.Dot(_columns[c], right);
                trace += _gram[Triangle.Index(c, c)];
            }

            weights.Clear();
            if (trace is not (> 0 and < 1e150))
            {
                return weights; // no combination: EM's own step
            }

            double least = LeastPenalty;
            while (!TrySolve(least * trace, out _))
            {
                least *= 10;
            }

            double target = Length(weights) / Math.Sqrt(1 + _damping);
            _penalty = Math.Max(_penalty, least);
            for (int step = 0; step < MostSteps; step++)
            {
                TrySolve(_penalty * trace, out double derivative);
                double size = Length(weights);
                double excess = size - target;
                if (Math.Abs(excess) <= Tolerance * target || (excess < 0 && _penalty <= least))
                {
                    break;
                }

                _penalty = Math.Max(least, _penalty + (size / derivative * size / derivative * (excess / target) / trace));
            }

            return weights;
        }

        /// <summary>γ(λ), and √(γᵀ(AᵀA + λI)⁻¹γ). False where the matrix is singular.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private bool TrySolve(double penalty, out double derivative)
        {
            Span<double> lower = _lower.AsSpan(0, Triangle.Length(Count));
            _gram.AsSpan(0, lower.Length).CopyTo(lower);
            for (int c = 0; c < Count; c++)
            {
                lower[Triangle.Index(c, c)] += penalty;
            }

            derivative = 0;
            if (!Cholesky.TryFactor(lower, Count, 0))
            {
                return false;
            }

            Span<double> weights = _weights.AsSpan(0, Count);
            _projection.AsSpan(0, Count).CopyTo(weights);
            Cholesky.SolveForward(lower, weights);
            Cholesky.SolveBackward(lower, weights);
            Span<double> whitened = _whitened.AsSpan(0, Count);
            weights.CopyTo(whitened);
            Cholesky.SolveForward(lower, whitened);
            derivative = Length(whitened);
            return true;
        }

        private static double Length(ReadOnlySpan<double> vector) => Math.Sqrt(VectorKernels.Best.Dot(vector, vector));
    }
}
