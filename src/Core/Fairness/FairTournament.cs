using System.Runtime.InteropServices;

namespace Worcr.Core.Fairness;

/// <summary>
/// Entries of which the one with the smallest key is known: a tournament of four players a match (D. Knuth: "The Art of Computer Programming", volume 3,
/// 5.4.1). An entry keeps its place while keys change, and only the matches between it and the final are played again, O(log n): no other entry is touched,
/// and which matches these are does not depend on how they end, so that a processor can fetch them all at once, unlike the path of a heap. Keys stand in the
/// arrays themselves. A struct, because there are as many as there are tenants with lanes of a kind; most of these have one entry, which needs no arrays.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct FairTournament<TKey, TItem>
    where TKey : struct, IFairKey<TKey>
    where TItem : FairEntry
{
    private const int Width = 4;

    /// <summary>The first that came, while it is alone.</summary>
    private TItem? _only;
    private TKey _onlyKey;

    private (TKey Key, TItem Item)[]? _entries;

    /// <summary>Who won, match by match, the final last; null while no second entry has come. A place without entry has the last of all keys.</summary>
    private (TKey Key, int Entry)[]? _winners;

    public int Count { readonly get; private set; }

    public readonly TItem Top => _winners is { } winners ? _entries![winners[^1].Entry].Item : _only!;

    public readonly TKey TopKey => _winners is { } winners ? winners[^1].Key : _onlyKey;

    /// <summary>In no order.</summary>
    public readonly TItem[] Items => _entries is { } entries ? [.. entries.AsSpan(0, Count).ToArray().Select(e => e.Item)] : Count == 0 ? [] : [_only!];

    /// <summary>Whether an entry, which is here, is the first.</summary>
    public readonly bool IsTop(TItem item) => _winners is not { } winners || winners[^1].Entry == item.Index;

    public readonly TKey KeyOf(TItem item) => _entries is { } entries ? entries[item.Index].Key : _onlyKey;

    public void Add(TItem item, TKey key)
    {
        item.Index = Count++;
        if (_entries is null && Count == 1)
        {
            (_only, _onlyKey) = (item, key);
            return;
        }

        if (Count > (_entries?.Length ?? 1)) Resize(Count == 2 ? 2 : _entries!.Length * 2);
        Put(item.Index, (key, item));
    }

    /// <summary>Gives an entry another key. Tells which entry came to the final from its part of the field: that one goes first soon, unless it is this one again.</summary>
    public int Move(TItem item, TKey key)
    {
        if (_entries is not { } entries)
        {
            _onlyKey = key;
            return 0;
        }

        entries[item.Index].Key = key;
        return Play(item.Index);
    }

    public void Remove(TItem item)
    {
        var index = item.Index;
        item.Index = -1;
        Count--;
        if (Count == 0 || _entries is not { } entries)
        {
            (_only, _entries, _winners) = (null, null, null);
            return;
        }

        var last = entries[Count];
        Put(Count, (TKey.Last, null!));
        if (index != Count)
        {
            last.Item.Index = index;
            Put(index, last);
        }

        if (Count < entries.Length / Width) Resize(entries.Length / 2);
    }

    public void Clear()
    {
        foreach (var item in Items) item.Index = -1;
        (_only, _entries, _winners, Count) = (null, null, null, 0);
    }

    /// <summary>The processor fetches what a choice reads first when an entry comes to the top: its match.</summary>
    public readonly void FetchMatch(int entry)
    {
        if (_entries is not { } entries || entry >= entries.Length) return;
        var match = entry & -Width;
        CacheAhead.FetchLine(ref entries[match]);
        CacheAhead.FetchLine(ref entries[Math.Min(match + (Width / 2), entries.Length - 1)]);
        CacheAhead.FetchLine(ref entries[Math.Min(match + Width - 1, entries.Length - 1)]);
    }

    /// <summary>Who has the place of an entry now, or null.</summary>
    public readonly TItem? ItemAt(int entry) => _entries is { } entries && entry < entries.Length ? entries[entry].Item : null;

    private static int Matches(int players) => (players + Width - 1) / Width;

    private readonly void Put(int index, (TKey Key, TItem Item) entry)
    {
        _entries![index] = entry;
        Play(index);
    }

    /// <summary>Plays the matches of an entry again, up to the first whose end it changes nothing about; tells who came furthest of them.</summary>
    private readonly int Play(int entry)
    {
        var winners = _winners!;
        var (match, matches) = (entry / Width, Matches(_entries!.Length));
        var round = winners.AsSpan();
        var best = FirstRound(match);
        var last = best.Entry;
        while (round[match].Entry == entry || best.Entry == entry)
        {
            round[match] = best;
            if (matches == 1) break;
            last = best.Entry;
            match /= Width;
            best = NextRound(round[..matches], match);
            round = round[matches..];
            matches = Matches(matches);
        }

        return last;
    }

    private readonly (TKey Key, int Entry) FirstRound(int match)
    {
        var first = match * Width;
        var players = _entries.AsSpan(first, Math.Min(Width, _entries!.Length - first));
        var best = 0;
        for (var player = 1; player < players.Length; player++)
        {
            if (players[player].Key.IsBefore(in players[best].Key)) best = player;
        }

        return (players[best].Key, first + best);
    }

    private static (TKey Key, int Entry) NextRound(ReadOnlySpan<(TKey Key, int Entry)> winners, int match)
    {
        var first = match * Width;
        var best = first;
        for (var player = first + 1; player < Math.Min(first + Width, winners.Length); player++)
        {
            if (winners[player].Key.IsBefore(in winners[best].Key)) best = player;
        }

        return winners[best];
    }

    private void Resize(int length)
    {
        if (_entries is null) (_entries, _only) = ([(_onlyKey, _only!)], null);
        var (known, room) = (Math.Min(Count, _entries.Length), length);
        Array.Resize(ref _entries, room);
        _entries.AsSpan(known).Fill((TKey.Last, null!));
        var all = 0;
        for (var players = length; players > 1; players = Matches(players)) all += Matches(players);
        var round = (_winners = new (TKey, int)[all]).AsSpan();
        var matches = Matches(length);
        for (var match = 0; match < matches; match++) round[match] = FirstRound(match);
        while (matches > 1)
        {
            var next = round[matches..];
            for (var match = 0; match < Matches(matches); match++) next[match] = NextRound(round[..matches], match);
            round = next;
            matches = Matches(matches);
        }
    }
}
