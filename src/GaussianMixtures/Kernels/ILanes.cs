using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GaussianMixtures.Kernels;

/// <summary>
/// A register of doubles: the few operations the kernels need, so that each kernel is written once and the JIT compiles it
/// for every register width. Implementations are structs around one hardware vector and vanish at run time.
/// </summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>How many doubles one register holds.</summary>
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(double value);

    static abstract TSelf Load(ref readonly double source, int offset);

    void Store(ref double destination, int offset);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>left · right + addend, rounded once where the hardware can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Max(TSelf left, TSelf right);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary><c>whenLess</c> in the lanes where left &lt; right, elsewhere (also where either is NaN) <c>otherwise</c>.</summary>
    static abstract TSelf SelectLess(TSelf left, TSelf right, TSelf whenLess, TSelf otherwise);

    /// <summary>
    /// value · 2^n for the integer n held in the low bits of <paramref name="shifted"/>, which is n + 1.5·2^52: its bit
    /// pattern, moved up by 52, is n in the exponent field (the rest falls off the top).
    /// </summary>
    static abstract TSelf ScaleByShifted(TSelf value, TSelf shifted);

    /// <summary>
    /// value = mantissa · 2^exponent with mantissa in [√½, √2), for positive normal values. Taking the bits of √½ away before the
    /// shift rounds the exponent to that interval; adding an integer to the bits of 1.5·2^52 turns it into a double.
    /// </summary>
    static abstract TSelf Decompose(TSelf value, out TSelf exponent);

    /// <summary>The sum over the lanes, always in the same order.</summary>
    double Sum();

    /// <summary>The largest of the lanes.</summary>
    double Largest();

    /// <summary>The sums over the lanes of four registers, each in the order of <see cref="Sum"/>.</summary>
    static abstract Vector256<double> Sums(TSelf a, TSelf b, TSelf c, TSelf d);
}

/// <summary>Four doubles: AVX2, or two NEON registers, or plain scalar code where there are no vectors.</summary>
internal readonly struct Lanes256(Vector256<double> value) : ILanes<Lanes256>
{
    private readonly Vector256<double> _value = value;

    public static int Count => 4;

    public static Lanes256 Zero => new(Vector256<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref readonly double source, int offset) =>
        new(Vector256.LoadUnsafe(in source, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double destination, int offset) => _value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector256.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 left, Lanes256 right) => new(Vector256.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 value) => new(Vector256.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SelectLess(Lanes256 left, Lanes256 right, Lanes256 whenLess, Lanes256 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(left._value, right._value), whenLess._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ScaleByShifted(Lanes256 value, Lanes256 shifted) =>
        new((value._value.AsInt64() + (shifted._value.AsInt64() << 52)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Decompose(Lanes256 value, out Lanes256 exponent)
    {
        Vector256<long> bits = value._value.AsInt64();
        Vector256<long> e = Vector256.ShiftRightArithmetic(bits - Vector256.Create(LaneConstants.RootHalfBits), 52);
        exponent = new((e + Vector256.Create(LaneConstants.ShifterBits)).AsDouble() - Vector256.Create(LaneConstants.Shifter));
        return new((bits - (e << 52)).AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sum() => LaneSums.Of(_value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Largest() => Math.Max(Math.Max(_value.GetElement(0), _value.GetElement(1)), Math.Max(_value.GetElement(2), _value.GetElement(3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sums(Lanes256 a, Lanes256 b, Lanes256 c, Lanes256 d) =>
        LaneSums.Of(a._value, b._value, c._value, d._value);
}

/// <summary>Eight doubles: AVX-512.</summary>
internal readonly struct Lanes512(Vector512<double> value) : ILanes<Lanes512>
{
    private readonly Vector512<double> _value = value;

    public static int Count => 8;

    public static Lanes512 Zero => new(Vector512<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref readonly double source, int offset) =>
        new(Vector512.LoadUnsafe(in source, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double destination, int offset) => _value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector512.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 left, Lanes512 right) => new(Vector512.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 value) => new(Vector512.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SelectLess(Lanes512 left, Lanes512 right, Lanes512 whenLess, Lanes512 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(left._value, right._value), whenLess._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ScaleByShifted(Lanes512 value, Lanes512 shifted) =>
        new((value._value.AsInt64() + (shifted._value.AsInt64() << 52)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Decompose(Lanes512 value, out Lanes512 exponent)
    {
        Vector512<long> bits = value._value.AsInt64();
        Vector512<long> e = Vector512.ShiftRightArithmetic(bits - Vector512.Create(LaneConstants.RootHalfBits), 52);
        exponent = new((e + Vector512.Create(LaneConstants.ShifterBits)).AsDouble() - Vector512.Create(LaneConstants.Shifter));
        return new((bits - (e << 52)).AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sum() => LaneSums.Of(Folded);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Largest() => new Lanes256(Vector256.MaxNative(_value.GetLower(), _value.GetUpper())).Largest();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sums(Lanes512 a, Lanes512 b, Lanes512 c, Lanes512 d) =>
        LaneSums.Of(a.Folded, b.Folded, c.Folded, d.Folded);

    private Vector256<double> Folded
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _value.GetLower() + _value.GetUpper();
    }
}

/// <summary>Bit patterns that all register widths share.</summary>
internal static class LaneConstants
{
    public const double Shifter = 6755399441055744.0; // 1.5 · 2^52
    public const long ShifterBits = 0x4338_0000_0000_0000;
    public const long RootHalfBits = 0x3FE6_A09E_667F_3BCD;
}

/// <summary>Sums over four lanes: neighbours first, then the two pairs.</summary>
internal static class LaneSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(Vector256<double> a) => (a.GetElement(0) + a.GetElement(1)) + (a.GetElement(2) + a.GetElement(3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d)
    {
        if (!Avx.IsSupported)
        {
            return Vector256.Create(Of(a), Of(b), Of(c), Of(d));
        }

        Vector256<double> ab = Avx.HorizontalAdd(a, b);
        Vector256<double> cd = Avx.HorizontalAdd(c, d);
        return Vector256.Create(ab.GetLower(), cd.GetLower()) + Vector256.Create(ab.GetUpper(), cd.GetUpper());
    }
}
