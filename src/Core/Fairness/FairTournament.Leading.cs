namespace Worcr.Core.Fairness;

/// <summary>Who comes next.</summary>
internal partial struct FairTournament<TKey, TItem>
{
    /// <summary>Some of the first, the very first among them and no more than <paramref name="most"/>: all, or those who won in a round.</summary>
    public readonly TItem[] Leading(int most)
    {
        if (Count <= most || _items is not { } items) return Items;
        var (first, size) = (0, items.Length);
        for (; size > most; size = Matches(size)) first += size;
        var leading = new List<TItem>(size);
        foreach (var (_, number) in _players.AsSpan(first, size))
        {
            if (items[number] is { } item) leading.Add(item);
        }

        return [.. leading];
    }
}
