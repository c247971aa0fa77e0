using FluentAssertions;
using GaussianMixtures.Data;

namespace GaussianMixtures.Tests;

/// <summary>Arrays come back only after they were returned, as zeros, and never to two who read them.</summary>
public class LoopArraysTests
{
    private static readonly int[] Lengths = [3, 10, 3, 7, 10, 10];

    [Fact]
    public void Take_WithoutArrays_IsNew() => LoopArrays.Take(null, 4).Should().Equal(0, 0, 0, 0);

    [Fact]
    public void Take_OfWhatWasReturned_IsTheSameArraysAsZeros()
    {
        LoopArrays arrays = new(2);
        double[][] first = TakeAll(arrays, Lengths);
        LoopArrays.Loan loan = arrays.Lend();
        double[][] second = TakeAll(arrays, Lengths);
        LoopArrays.Loan other = arrays.Lend();

        arrays.Return(loan);
        arrays.Return(other);
        double[][] third = TakeAll(arrays, Lengths);
        arrays.Lend();
        double[][] fourth = TakeAll(arrays, Lengths);

        Distinct([.. first, .. second]).Should().Be(12);
        Distinct([.. first, .. second, .. third, .. fourth]).Should().Be(12);
        Distinct([.. third, .. fourth]).Should().Be(12);
    }

    [Fact]
    public void Take_InAnotherOrder_FindsWhatThereIs()
    {
        LoopArrays arrays = new(2);
        double[][] first = TakeAll(arrays, Lengths);
        double[]? five = null;
        foreach (int[] order in new[] { new[] { 10, 3, 10, 5, 7, 3, 10 }, [7, 10], [10, 10, 10, 7, 5, 3, 3] })
        {
            arrays.Return(arrays.Lend());

            double[][] taken = TakeAll(arrays, order);

            Distinct(taken).Should().Be(order.Length);
            foreach (double[] array in taken.Where(array => array.Length != 5))
            {
                first.Should().Contain(known => ReferenceEquals(known, array));
            }

            if (Array.IndexOf(order, 5) is >= 0 and int at)
            {
                taken[at].Should().BeSameAs(five ??= taken[at]);
            }
        }
    }

    [Fact]
    public void TakeOver_KeepsWhatTheOtherHadUntilThisIsReturned()
    {
        LoopArrays arrays = new(2);
        double[][] first = TakeAll(arrays, Lengths);
        LoopArrays.Loan older = arrays.Lend();
        double[][] second = TakeAll(arrays, Lengths);
        LoopArrays.Loan newer = arrays.Lend();

        newer.TakeOver(older);
        arrays.Return(older);
        arrays.Lend();
        double[][] third = TakeAll(arrays, Lengths);
        arrays.Lend();
        Distinct([.. first, .. second, .. third]).Should().Be(18);

        arrays.Return(newer);
        double[][] fourth = TakeAll(arrays, [.. Lengths, .. Lengths]);
        Distinct([.. first, .. second, .. fourth]).Should().Be(12);
    }

    [Fact]
    public void EndLoop_LeavesWhatWasLentToItsEstimate()
    {
        LoopArrays arrays = new(2);
        double[] ofLoop = arrays.TakeForLoop(4);
        double[][] dead = TakeAll(arrays, Lengths);
        arrays.Return(arrays.Lend());
        double[][] lent = TakeAll(arrays, Lengths);
        arrays.Lend();
        double[][] open = TakeAll(arrays, Lengths);

        arrays.EndLoop();
        double[][] next = TakeAll(arrays, Lengths);
        arrays.Lend();
        double[][] afterwards = TakeAll(arrays, Lengths);

        arrays.TakeForLoop(4).Should().BeSameAs(ofLoop);
        Distinct([.. dead, .. lent, .. open, .. next, .. afterwards]).Should().Be(Distinct([.. dead, .. lent, .. open]) + 12);
    }

    /// <summary>Takes arrays, which have to be zeros, and writes into them.</summary>
    private static double[][] TakeAll(LoopArrays arrays, int[] lengths)
    {
        double[][] taken = Array.ConvertAll(lengths, length => LoopArrays.Take(arrays, length));
        foreach (double[] array in taken)
        {
            array.Should().OnlyContain(value => value == 0);
            array.AsSpan().Fill(1);
        }

        return taken;
    }

    private static int Distinct(double[][] arrays) => arrays.Distinct(ReferenceEqualityComparer.Instance).Count();
}
