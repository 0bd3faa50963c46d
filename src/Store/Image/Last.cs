namespace Worcr.Store.Image;

/// <summary>Set-based statements take each key once.</summary>
internal static class Last
{
    /// <summary>The last item of each key, in the order of their last appearance; the list itself when no key repeats.</summary>
    public static IReadOnlyList<T> Of<T, TKey>(IReadOnlyList<T> items, Func<T, TKey> key)
        where TKey : notnull
    {
        if (items.Count < 2) return items;
        var seen = new HashSet<TKey>(items.Count);
        var last = new List<T>(items.Count);
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (seen.Add(key(items[i]))) last.Add(items[i]);
        }

        if (last.Count == items.Count) return items;
        last.Reverse();
        return last;
    }
}
