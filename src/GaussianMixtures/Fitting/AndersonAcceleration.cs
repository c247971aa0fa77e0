using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

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

            Vector<double> weights = _leastSquares.Solve(_changes, residual);
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
    private sealed class DampedLeastSquares
    {
        /// <summary>After this many steps half of |γ|² is allowed, and nearly all of it soon after. Henderson &amp; Varadhan's κ and α.</summary>
        private const double HalfDamped = 25;
        private const double Rate = 1.2;

        /// <summary>Enough to bracket λ to the last digit that matters.</summary>
        private const int Halvings = 50;

        private int _steps;

        public void Trust() => _steps++;

        public Vector<double> Solve(List<double[]> columns, double[] right)
        {
            int m = columns.Count;
            Matrix<double> gram = Matrix<double>.Build.Dense(m, m, (r, c) => VectorKernels.Best.Dot(columns[r], columns[c]));
            if (!(gram.FrobeniusNorm() < 1e150))
            {
                return Vector<double>.Build.Dense(m); // no combination: EM's own step
            }

            Evd<double> eigen = gram.Evd(Symmetricity.Symmetric);
            Vector<double> rotated = eigen.EigenVectors.TransposeThisAndMultiply(
                Vector<double>.Build.Dense(m, r => VectorKernels.Best.Dot(columns[r], right)));
            double[] values = [.. eigen.EigenValues.Select(value => Math.Max(0, value.Real))];
            double highest = values[^1];
            if (!(highest > 0))
            {
                return Vector<double>.Build.Dense(m);
            }

            double SquaredLength(double penalty)
            {
                double sum = 0;
                for (int r = 0; r < m; r++)
                {
                    double weight = rotated[r] / (values[r] + penalty);
                    sum += weight * weight;
                }

                return sum;
            }

            double least = 1e-14 * highest;
            double target = SquaredLength(least) / (1 + Math.Pow(Rate, HalfDamped - _steps));
            double low = Math.Log(least), high = Math.Log(highest) + 35;
            for (int halving = 0; halving < Halvings; halving++)
            {
                double middle = (low + high) / 2;
                (low, high) = SquaredLength(Math.Exp(middle)) > target ? (middle, high) : (low, middle);
            }

            double chosen = Math.Exp(low);
            return eigen.EigenVectors * rotated.MapIndexed((r, value) => value / (values[r] + chosen));
        }
    }
}
