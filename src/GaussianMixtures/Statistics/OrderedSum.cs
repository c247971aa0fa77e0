using System.Numerics;

namespace GaussianMixtures.Statistics;

/// <summary>
/// Adds up parts numbered 0 … count − 1 pairwise by position: (0 + 1) + (2 + 3) …, in whatever order they arrive. The tree
/// is fixed, so the rounding is too; a pair is merged as soon as both halves are there, so few parts wait in memory. Once every part has
/// come, and not before, the next sum may begin.
/// </summary>
internal sealed class OrderedSum<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly T?[][] _waiting;
    private readonly Action<T, T> _addTo;

    /// <param name="count">How many parts there will be.</param>
    /// <param name="addTo">Adds its second argument to its first; the second is then free.</param>
    public OrderedSum(int count, Action<T, T> addTo)
    {
        _addTo = addTo;
        _waiting = new T?[1 + BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)count))][];
        for (int level = 0, width = count; level < _waiting.Length; level++, width = (width + 1) / 2)
        {
            _waiting[level] = new T?[width];
        }
    }

    /// <summary>The sum, once every part has come.</summary>
    public T Total => _waiting[^1][0]!;

    public void Add(int position, T part)
    {
        for (int level = 0; ; level++, position /= 2)
        {
            T?[] waiting = _waiting[level];
            int sibling = position ^ 1;
            if (waiting.Length == 1 || sibling < waiting.Length)
            {
                T? other;
                lock (_lock)
                {
                    other = waiting.Length == 1 ? null : waiting[sibling];
                    if (other is null)
                    {
                        waiting[position] = part;
                        return;
                    }

                    waiting[sibling] = null;
                }

                (T left, T right) = position < sibling ? (part, other) : (other, part);
                _addTo(left, right);
                part = left;
            }
        }
    }
}
