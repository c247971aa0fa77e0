namespace GaussianMixtures.Initializations;

/// <summary>
/// The tree of an <see cref="Agglomeration"/>: which clusters of rows were joined, one pair after another, until one was left.
/// Cut where k are left it gives the start of any fit with k components, so one tree serves them all. Immutable.
/// </summary>
/// <param name="joins">A cluster goes by the number of one of its rows: whose rows went where, in the order of joining.</param>
internal sealed class Hierarchy((int From, int Into)[] joins)
{
    /// <summary>
    /// For each row the number of its cluster when k are left, counted from 0 in the order of their first rows. Of fewer rows
    /// than k, each is one.
    /// </summary>
    public int[] Cut(int k)
    {
        int[] cluster = [.. Enumerable.Range(0, joins.Length + 1)];
        // From the last join back: the cluster that another goes into has then found its own place already.
        for (int at = cluster.Length - k - 1; at >= 0; at--)
        {
            cluster[joins[at].From] = cluster[joins[at].Into];
        }

        Dictionary<int, int> numbers = [];
        return Array.ConvertAll(cluster, of =>
        {
            numbers.TryAdd(of, numbers.Count);
            return numbers[of];
        });
    }
}
