namespace GaussianMixtures.Selection;

/// <summary>Which types of a list contain which, by what each says of the others and by what follows from that.</summary>
internal sealed class Containment
{
    private readonly CovarianceType[] _types;
    private readonly bool[,] _contains;

    public Containment(IEnumerable<CovarianceType> types)
    {
        _types = [.. types];
        _contains = new bool[_types.Length, _types.Length];
        for (int outer = 0; outer < _types.Length; outer++)
        {
            for (int inner = 0; inner < _types.Length; inner++)
            {
                _contains[outer, inner] = inner == outer || _types[outer].Contains(_types[inner]);
            }
        }

        // What is within a type that is within another is within that one too: Warshall 1962, doi:10.1145/321105.321107.
        for (int middle = 0; middle < _types.Length; middle++)
        {
            for (int outer = 0; outer < _types.Length; outer++)
            {
                for (int inner = 0; inner < _types.Length; inner++)
                {
                    _contains[outer, inner] |= _contains[outer, middle] && _contains[middle, inner];
                }
            }
        }
    }

    public bool IsWithin(CovarianceType inner, CovarianceType outer) => _contains[Array.IndexOf(_types, outer), Array.IndexOf(_types, inner)];

    /// <summary>How many types are within this one. More than are within any that it contains, unless that contains it too.</summary>
    public int Width(CovarianceType type) => _types.Count(inner => IsWithin(inner, type));
}
