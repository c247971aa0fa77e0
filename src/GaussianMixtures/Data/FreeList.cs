using System.Diagnostics.CodeAnalysis;

namespace GaussianMixtures.Data;

/// <summary>Things that are free at the moment, for any thread to take. The last one returned, which is still in the caches, goes first.</summary>
internal sealed class FreeList<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Stack<T> _free = [];

    public bool TryTake([NotNullWhen(true)] out T? free)
    {
        lock (_lock)
        {
            return _free.TryPop(out free);
        }
    }

    public void Add(T free)
    {
        lock (_lock)
        {
            _free.Push(free);
        }
    }
}
