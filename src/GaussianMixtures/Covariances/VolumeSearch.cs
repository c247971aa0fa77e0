using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>
/// The search of the families whose components differ in volume but share a shape C: the maximum is where C = Σ_j (W_j / λ_j) / Σ_j N_j and
/// λ_j = tr(C⁻¹W_j) / (d N_j) hold together (Celeux &amp; Govaert 1995, doi:10.1016/0031-3203(94)00125-6).
/// </summary>
/// <remarks>
/// Each is the maximum given the other, so that going from one to the other never loses; but it may take hundreds of steps. With C for every λ
/// what remains, log|C| + d Σ_j N_j log λ_j / Σ_j N_j, is convex in log λ, and its maximum of the likelihood the only one: Newton's method
/// takes a few steps. Where such a step does not gain, or there is none, the plain one is taken.
/// </remarks>
/// <param name="weights">N_j.</param>
/// <param name="dimension">d.</param>
/// <param name="arrays">Where to take arrays from, if from anywhere.</param>
internal abstract class VolumeSearch(double[] weights, int dimension, LoopArrays? arrays)
{
    /// <summary>Newton needs a few; volumes that still change are on their way to infinity, or near enough.</summary>
    private const int MostSteps = 60;

    /// <summary>Logarithms differ by less than this where only the units do.</summary>
    private const double Rounding = 1e-10;

    /// <summary>Plain steps that shorten the way to this share of it each need no help.</summary>
    private const double Fast = 0.2;

    /// <summary>The objective is flat at its maximum: volumes good to 1e-9 have it to all digits.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>
    /// Volumes so far apart are on their way to infinity: a component with scatter in few directions and much of the weight may make the shape
    /// as long there as it likes.
    /// </summary>
    private const double Unbounded = 1e100;

    /// <summary>Sizes of which some are so many times the others are rather one size than theirs to begin with.</summary>
    private const double FarApart = 1e7;

    /// <summary>Newton's step is cut where it would change a volume by more than e to this: there the objective is no parabola.</summary>
    private const double Farthest = 2;

    /// <summary>Doubles that Newton's step may take for itself, 32 MB: in more columns plain steps have to do.</summary>
    private const long MostScratch = 1 << 22;

    // What Newton's step works with, from the first on.
    private double[] _whitened = [];
    private double[] _hessian = [];
    private double[] _step = [];

    /// <summary>λ: where the search began, and then the best for the shape that it found.</summary>
    public double[] Volumes { get; } = LoopArrays.Take(arrays, weights.Length);

    /// <summary>log|C|.</summary>
    protected abstract double LogDeterminant { get; }

    /// <summary>Values in what <see cref="Whiten"/> writes.</summary>
    protected abstract int WhitenedLength { get; }

    /// <summary>Σ_j N_j.</summary>
    protected double TotalWeight { get; } = weights.Sum();

    /// <summary>
    /// Finds the shape and the volumes, beginning at the sizes of an earlier estimate, if they are known and of one order: from sizes far
    /// apart the way back is long.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void Run(ComponentCovariances former)
    {
        Array.Fill(Volumes, 1);
        if (former.Volumes is { } earlier && earlier.Length == Volumes.Length && earlier.Min() * FarApart > earlier.Max())
        {
            earlier.CopyTo(Volumes, 0);
        }

        double[] plain = LoopArrays.Take(arrays, Volumes.Length);
        double height = double.PositiveInfinity;
        double change = double.PositiveInfinity;
        bool isNewton = false;
        for (int step = 0; step < MostSteps && change > Tolerance; step++)
        {
            double formerHeight = height;
            bool isShape = IsBounded() && TryShape();
            height = isShape ? Height() : double.PositiveInfinity;
            if (isNewton && !(height <= formerHeight + Rounding))
            {
                plain.CopyTo(Volumes, 0);
                isNewton = false;
                continue;
            }

            if (!isShape)
            {
                return;
            }

            Quotients(plain);
            for (int j = 0; j < plain.Length; j++)
            {
                plain[j] = plain[j] / weights[j] / dimension;
            }

            double formerChange = change;
            change = ChangeTo(plain);
            isNewton = change > Tolerance && change > Fast * formerChange && TryNewton(plain);
            if (!isNewton)
            {
                plain.CopyTo(Volumes, 0);
            }
        }

        if (isNewton)
        {
            // Not seen to be better than what is the best for the last shape.
            plain.CopyTo(Volumes, 0);
        }
    }

    /// <summary>C for the volumes; false where it is singular.</summary>
    protected abstract bool TryShape();

    /// <summary>tr(C⁻¹W_j) of every component.</summary>
    protected abstract void Quotients(Span<double> quotients);

    /// <summary>C^(−½) W_j C^(−½), in any coordinates in which the sum of products is the trace of the product.</summary>
    protected abstract void Whiten(int component, Span<double> whitened);

    /// <summary>
    /// The largest change of a volume, as a share, but for that of all together: where a component has no scatter its weight has no volume to
    /// go to, and the others shrink with every step, which C makes up for.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double ChangeTo(double[] plain)
    {
        double growth = 0;
        double counted = 0;
        for (int j = 0; j < plain.Length; j++)
        {
            bool counts = plain[j] > 0 && Volumes[j] > 0;
            growth += counts ? weights[j] * (plain[j] / Volumes[j]) : 0;
            counted += counts ? weights[j] : 0;
        }

        double change = 0;
        for (int j = 0; j < plain.Length; j++)
        {
            change = Math.Max(change, plain[j] > 0 ? Math.Abs(plain[j] - (growth / counted * Volumes[j])) / plain[j] : 0);
        }

        return change;
    }

    private double Height()
    {
        double sum = LogDeterminant;
        for (int j = 0; j < Volumes.Length; j++)
        {
            sum += dimension * weights[j] / TotalWeight * Math.Log(Volumes[j]);
        }

        return sum;
    }

    /// <summary>
    /// Volumes by log λ − H⁻¹g with g_j = d N_j / N − p_j and H = diag(p) − (F_j · F_l), where F_j is the share of component j in C, whitened, and
    /// p_j its trace. A common factor of all λ changes nothing; H is singular in that direction, which is filled by d N_j N_l / N²:
    /// small where the weights are, so that what a component of next to no weight adds to H is not lost in it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryNewton(double[] plain)
    {
        int k = plain.Length;
        if ((long)k * WhitenedLength > MostScratch)
        {
            return false;
        }

        if (_step.Length == 0)
        {
            (_whitened, _hessian, _step) = (LoopArrays.Take(arrays, k * WhitenedLength), LoopArrays.Take(arrays, Triangle.Length(k)), LoopArrays.Take(arrays, k));
        }

        (double[] whitened, double[] hessian, double[] step) = (_whitened, _hessian, _step);
        for (int j = 0, at = 0; j < k; j++)
        {
            Span<double> own = whitened.AsSpan(j * WhitenedLength, WhitenedLength);
            double share = 1 / Volumes[j] / TotalWeight;
            Whiten(j, own);
            VectorKernels.Best.Multiply(own, share, own);
            for (int l = 0; l <= j; l++, at++)
            {
                double filling = dimension * (weights[j] / TotalWeight) * (weights[l] / TotalWeight);
                hessian[at] = filling - VectorKernels.Best.Dot(own, whitened.AsSpan(l * WhitenedLength, WhitenedLength));
            }

            double trace = plain[j] * dimension * weights[j] * share;
            hessian[at - 1] += trace;
            step[j] = trace - (dimension * weights[j] / TotalWeight);
        }

        if (!Cholesky.TryFactor(hessian, k, 0))
        {
            return false;
        }

        Cholesky.SolveForward(hessian, step);
        Cholesky.SolveBackward(hessian, step);
        double longest = step.Max(Math.Abs);
        if (!double.IsFinite(longest))
        {
            return false;
        }

        double part = Math.Min(1, Farthest / longest);
        for (int j = 0; j < k; j++)
        {
            Volumes[j] *= Math.Exp(part * step[j]);
        }

        return true;
    }

    private bool IsBounded() => Array.TrueForAll(Volumes, volume => volume is 0 or (> 1 / Unbounded and < Unbounded));
}
