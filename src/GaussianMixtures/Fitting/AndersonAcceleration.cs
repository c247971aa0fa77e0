using GaussianMixtures.Kernels;

namespace GaussianMixtures.Fitting;

/// <inheritdoc cref="Acceleration.Anderson"/>
internal sealed class AndersonAcceleration : Acceleration
{
    /// <summary>Steps combined at most. As Henderson &amp; Varadhan have it.</summary>
    private const int MostSteps = 10;

    protected internal override IExtrapolation? Begin(int length) => new Combination(length, Math.Min(MostSteps, (length + 1) / 2));

    /// <summary>
    /// With residuals f = G(x) − x: the next point is G(x) − Σ γ_i (Δx_i + Δf_i), where γ minimises |f − Σ γ_i Δf_i|, shrunk. After
    /// <paramref name="order"/> steps the memory starts anew.
    /// </summary>
    /// <remarks>
    /// EM is slowest where it passes a saddle of the likelihood, and there the least residual leads back to the saddle: the
    /// proposal is refused. Then some squared steps, which follow the direction EM moves in, come first; the more, the
    /// sooner a combination was refused.
    /// </remarks>
    private sealed class Combination(int length, int order) : IExtrapolation
    {
        private const int FewestSquared = 2;
        private const int MostSquared = 32;

        private readonly SquaredExtrapolation _squared = new(length);
        private readonly DampedLeastSquares _leastSquares = new();
        private readonly double[] _point = new double[length];
        private readonly double[] _residual = new double[length];
        private readonly List<double[]> _steps = [];
        private readonly List<double[]> _changes = [];
        private bool _hasLast;

        /// <summary>Combinations proposed since the last that was refused.</summary>
        private int _run;

        /// <summary>Squared proposals to make after a refusal, and how many of them are left.</summary>
        private int _squaredAfterRefusal = FewestSquared;
        private int _squaredLeft;
        private bool _lastWasSquared;

        public bool Propose(ReadOnlySpan<double> point, ReadOnlySpan<double> image, Span<double> proposal)
        {
            _lastWasSquared = _squaredLeft > 0;
            if (!_lastWasSquared)
            {
                return Combine(point, image, proposal);
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
            Forget();
        }

        private bool Combine(ReadOnlySpan<double> point, ReadOnlySpan<double> image, Span<double> proposal)
        {
            double[] residual = Difference(image, point);
            if (_hasLast)
            {
                if (_steps.Count == order)
                {
                    Forget();
                }

                _steps.Add(Difference(point, _point));
                _changes.Add(Difference(residual, _residual));
                _run++;
                _leastSquares.Trust();
            }

            point.CopyTo(_point);
            residual.CopyTo(_residual, 0);
            _hasLast = true;
            if (_steps.Count == 0)
            {
                return false;
            }

            double[] weights = _leastSquares.Solve(_changes, residual);
            image.CopyTo(proposal);
            for (int s = 0; s < _steps.Count; s++)
            {
                for (int i = 0; i < proposal.Length; i++)
                {
                    proposal[i] -= weights[s] * (_steps[s][i] + _changes[s][i]);
                }
            }

            return true;
        }

        private void Forget()
        {
            _steps.Clear();
            _changes.Clear();
        }

        private static double[] Difference(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
        {
            double[] difference = new double[left.Length];
            for (int i = 0; i < difference.Length; i++)
            {
                difference[i] = left[i] - right[i];
            }

            return difference;
        }
    }

    /// <summary>
    /// γ(λ) = (AᵀA + λI)⁻¹Aᵀf with λ such that |γ(λ)|² is a share of |γ(0)|², a share that grows from near 0 towards 1 with every
    /// step taken.
    /// </summary>
    /// <remarks>
    /// As in a trust region (Moré &amp; Sorensen 1983, doi:10.1137/0904038), Newton's method finds λ by 1/|γ(λ)|, which is nearly linear. It
    /// begins at the last λ.
    /// </remarks>
    private sealed class DampedLeastSquares
    {
        /// <summary>After this many steps half of |γ|² is allowed, and nearly all of it soon after. Henderson &amp; Varadhan's κ and α.</summary>
        private const double HalfDamped = 25;
        private const double Rate = 1.2;

        /// <summary>What the damping need not be nearer to.</summary>
        private const double Tolerance = 1e-3;

        private const int MostSteps = 30;

        /// <summary>The least λ, as a share of the trace: below it AᵀA is singular in double precision.</summary>
        private const double LeastPenalty = 1e-14;

        private int _steps;

        /// <summary>The last λ, as a share of the trace.</summary>
        private double _penalty;

        public void Trust() => _steps++;

        public double[] Solve(List<double[]> columns, double[] right)
        {
            int m = columns.Count;
            double[] gram = new double[Triangle.Length(m)];
            double[] projection = new double[m];
            double trace = 0;
            for (int r = 0, at = 0; r < m; r++)
            {
                projection[r] = VectorKernels.Best.Dot(columns[r], right);
                for (int c = 0; c <= r; c++, at++)
                {
                    gram[at] = VectorKernels.Best.Dot(columns[r], columns[c]);
                }

                trace += gram[at - 1];
            }

            double[] weights = new double[m];
            if (trace is not (> 0 and < 1e150))
            {
                return weights; // no combination: EM's own step
            }

            double least = LeastPenalty;
            while (!TrySolve(gram, projection, least * trace, weights, out _))
            {
                least *= 10;
            }

            double target = Length(weights) / Math.Sqrt(1 + Math.Pow(Rate, HalfDamped - _steps));
            _penalty = Math.Max(_penalty, least);
            for (int step = 0; step < MostSteps; step++)
            {
                TrySolve(gram, projection, _penalty * trace, weights, out double derivative);
                double length = Length(weights);
                double excess = length - target;
                if (Math.Abs(excess) <= Tolerance * target || (excess < 0 && _penalty <= least))
                {
                    break;
                }

                _penalty = Math.Max(least, _penalty + (length / derivative * length / derivative * (excess / target) / trace));
            }

            return weights;
        }

        /// <summary>γ(λ), and √(γᵀ(AᵀA + λI)⁻¹γ). False where the matrix is singular.</summary>
        private static bool TrySolve(double[] gram, double[] projection, double penalty, double[] weights, out double derivative)
        {
            int m = projection.Length;
            double[] lower = (double[])gram.Clone();
            for (int r = 0; r < m; r++)
            {
                lower[Triangle.Index(r, r)] += penalty;
            }

            derivative = 0;
            if (!Cholesky.TryFactor(lower, m, 0))
            {
                return false;
            }

            projection.CopyTo(weights, 0);
            Cholesky.SolveForward(lower, weights);
            Cholesky.SolveBackward(lower, weights);
            double[] whitened = (double[])weights.Clone();
            Cholesky.SolveForward(lower, whitened);
            derivative = Length(whitened);
            return true;
        }

        private static double Length(double[] vector) => Math.Sqrt(VectorKernels.Best.Dot(vector, vector));
    }
}
