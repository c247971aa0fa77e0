using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GaussianMixtures.Data;

/// <summary>
/// The arrays that the estimates of a loop are made of. An iteration makes many that nobody reads any more once the next but one has begun:
/// to take these again costs less than new memory and the collector's work, whether they are small and many or large and few. For one loop at a
/// time, and the next over the same data.
/// </summary>
/// <param name="components">k of the loops.</param>
internal sealed class LoopArrays(int components)
{
    private readonly Stack<Loan> _returned = new();
    private readonly Loan _whole = new();
    private Loan? _open;

    public int Components => components;

    /// <summary>An array of zeros: a new one, if <paramref name="arrays"/> is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double[] Take(LoopArrays? arrays, int length) => arrays is null ? new double[length] : arrays.Open().Take(length);

    /// <summary>An array of zeros for as long as the loop runs.</summary>
    public double[] TakeForLoop(int length) => _whole.Take(length);

    /// <summary>All that was taken since the last call, but for the whole loop: what an estimate is made of.</summary>
    public Loan Lend()
    {
        Loan loan = Open();
        _open = null;
        return loan;
    }

    /// <summary>Nobody reads these any more.</summary>
    public void Return(Loan loan)
    {
        loan.Reopen();
        _returned.Push(loan);
    }

    /// <summary>The loop has ended. What was lent and not returned, or taken and not lent, goes with its estimate.</summary>
    public void EndLoop()
    {
        _whole.Reopen();
        _open = null;
    }

    /// <summary>The arrays returned last come first: they are still in the caches, and so there are never more than two or three loans.</summary>
    private Loan Open() => _open ??= _returned.TryPop(out Loan? returned) ? returned : new Loan();

    /// <summary>
    /// Arrays that are taken one after another and given back together. Each iteration takes much the same ones in much the same order: so the
    /// next one is nearly always what is asked for.
    /// </summary>
    public sealed class Loan
    {
        private readonly List<double[]> _arrays = [];
        private int _taken;

        /// <summary>Takes over what another has lent: it is still read.</summary>
        public void TakeOver(Loan other)
        {
            _arrays.InsertRange(_taken, other._arrays[..other._taken]);
            _taken += other._taken;
            other._arrays.RemoveRange(0, other._taken);
            other._taken = 0;
        }

        internal double[] Take(int length)
        {
            int at = _taken;
            while (at < _arrays.Count && _arrays[at].Length != length)
            {
                at++;
            }

            double[] array;
            if (at == _arrays.Count)
            {
                array = new double[length];
                _arrays.Insert(_taken, array);
            }
            else
            {
                array = _arrays[at];
                (_arrays[at], _arrays[_taken]) = (_arrays[_taken], array);
                Array.Clear(array);
            }

            _taken++;
            return array;
        }

        internal void Reopen()
        {
            Spoil();
            _taken = 0;
        }

        /// <summary>Who reads them all the same shall not go unnoticed in a test.</summary>
        [Conditional("DEBUG")]
        private void Spoil()
        {
            foreach (double[] array in _arrays)
            {
                array.AsSpan().Fill(double.NaN);
            }
        }
    }
}
