using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GaussianMixtures.Kernels;

/// <summary>Rows to panel: four samples by four columns at a time, or by two, in registers.</summary>
internal static class Transpose
{
    /// <summary>panel[i · Stride + s] = rows[s · dimension + i]. No arithmetic, so the same bits for every register width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(ref double rows, int count, int dimension, Span<double> panel)
    {
        ref double p = ref panel[0];
        int wideColumns = dimension & ~3;
        int pairedColumns = dimension & ~1;
        int wideRows = count & ~3;
        for (int s = 0; s < wideRows; s += 4)
        {
            ref double source = ref Unsafe.Add(ref rows, (nint)s * dimension);
            for (int i = 0; i < wideColumns; i += 4)
            {
                Vector256<double> r0 = Vector256.LoadUnsafe(ref source, (nuint)i);
                Vector256<double> r1 = Vector256.LoadUnsafe(ref source, (nuint)(dimension + i));
                Vector256<double> r2 = Vector256.LoadUnsafe(ref source, (nuint)((2 * dimension) + i));
                Vector256<double> r3 = Vector256.LoadUnsafe(ref source, (nuint)((3 * dimension) + i));

                // (r0, r1) -> even columns, odd columns; then pair the halves of (r0, r1) with those of (r2, r3).
                Vector256<double> even01 = Vector256.Create(
                    Vector128.Create(r0.GetElement(0), r1.GetElement(0)), Vector128.Create(r2.GetElement(0), r3.GetElement(0)));
                Vector256<double> odd01 = Vector256.Create(
                    Vector128.Create(r0.GetElement(1), r1.GetElement(1)), Vector128.Create(r2.GetElement(1), r3.GetElement(1)));
                Vector256<double> even23 = Vector256.Create(
                    Vector128.Create(r0.GetElement(2), r1.GetElement(2)), Vector128.Create(r2.GetElement(2), r3.GetElement(2)));
                Vector256<double> odd23 = Vector256.Create(
                    Vector128.Create(r0.GetElement(3), r1.GetElement(3)), Vector128.Create(r2.GetElement(3), r3.GetElement(3)));

                int at = (i * Panel.Stride) + s;
                even01.StoreUnsafe(ref p, (nuint)at);
                odd01.StoreUnsafe(ref p, (nuint)(at + Panel.Stride));
                even23.StoreUnsafe(ref p, (nuint)(at + (2 * Panel.Stride)));
                odd23.StoreUnsafe(ref p, (nuint)(at + (3 * Panel.Stride)));
            }

            for (int i = wideColumns; i < pairedColumns; i += 2)
            {
                Vector128<double> r0 = Vector128.LoadUnsafe(ref source, (nuint)i);
                Vector128<double> r1 = Vector128.LoadUnsafe(ref source, (nuint)(dimension + i));
                Vector128<double> r2 = Vector128.LoadUnsafe(ref source, (nuint)((2 * dimension) + i));
                Vector128<double> r3 = Vector128.LoadUnsafe(ref source, (nuint)((3 * dimension) + i));
                Vector256<double> even = Vector256.Create(
                    Vector128.Create(r0.GetElement(0), r1.GetElement(0)), Vector128.Create(r2.GetElement(0), r3.GetElement(0)));
                Vector256<double> odd = Vector256.Create(
                    Vector128.Create(r0.GetElement(1), r1.GetElement(1)), Vector128.Create(r2.GetElement(1), r3.GetElement(1)));

                int at = (i * Panel.Stride) + s;
                even.StoreUnsafe(ref p, (nuint)at);
                odd.StoreUnsafe(ref p, (nuint)(at + Panel.Stride));
            }
        }

        Columns(ref rows, 0, wideRows, pairedColumns, dimension, ref p, dimension);
        Columns(ref rows, wideRows, count, 0, dimension, ref p, dimension);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(ref double rows, int fromRow, int toRow, int fromColumn, int toColumn, ref double panel, int dimension)
    {
        for (int i = fromColumn; i < toColumn; i++)
        {
            for (int s = fromRow; s < toRow; s++)
            {
                Unsafe.Add(ref panel, (i * Panel.Stride) + s) = Unsafe.Add(ref rows, ((nint)s * dimension) + i);
            }
        }
    }
}
