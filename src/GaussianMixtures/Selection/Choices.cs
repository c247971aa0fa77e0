using System.Collections;
using GaussianMixtures.Data;

namespace GaussianMixtures.Selection;

/// <summary>What an option lists to choose from: none twice. A copy, and equal to another of the same in the same order.</summary>
internal sealed class Choices<T> : IReadOnlyList<T>, IEquatable<Choices<T>>
{
    private readonly T[] _items;

    public Choices(T[] items)
    {
        _items = items;
    }

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public bool Equals(Choices<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as Choices<T>);

    public override int GetHashCode() => _items.Aggregate(0, HashCode.Combine);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As shown by a record's ToString.</summary>
    public override string ToString() => $"[{string.Join(", ", _items)}]";
}

/// <summary>Choices, checked.</summary>
internal static class Choices
{
    /// <param name="values">What the caller listed.</param>
    /// <param name="name">The option.</param>
    /// <param name="refusal">What is wrong with an item; null where nothing is.</param>
    public static Choices<T> Of<T>(IEnumerable<T> values, string name, Func<T, string?> refusal)
    {
        Choices<T> choices = OrNone(values, name, refusal);
        return choices.Count > 0 ? choices : throw Refuse.Argument(name, $"{name} is empty. List at least one.");
    }

    /// <summary>The same, where an empty list is a choice too.</summary>
    public static Choices<T> OrNone<T>(IEnumerable<T> values, string name, Func<T, string?> refusal)
    {
        T[] items = [.. values ?? throw Refuse.Null(name, $"{name} is null. List what to choose from.")];
        HashSet<T> seen = [];
        foreach (T item in items)
        {
            if (refusal(item) is string message)
            {
                throw Refuse.Argument(name, message);
            }

            if (!seen.Add(item))
            {
                throw Refuse.Argument(name, $"{name} holds {item} twice. List each once.");
            }
        }

        return new Choices<T>(items);
    }
}
