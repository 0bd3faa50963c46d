using System.Runtime.InteropServices;

namespace Worcr.Core.Fairness;

/// <summary>
/// Entries of which the one with the smallest key is known: a tournament of four players a match (D. Knuth: "The Art of Computer Programming", volume 3,
/// 5.4.1). An entry keeps its place while keys change, and only the matches between it and the final are played again, O(log n): no other entry is touched,
/// and which matches these are does not depend on how they end, so that a processor can fetch them all at once, unlike the path of a heap. Keys stand in the
/// arrays themselves. A struct, because there are as many as there are tenants with lanes of a kind.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct FairTournament<TKey, TItem>
    where TKey : struct, IFairKey<TKey>
    where TItem : FairEntry
{
    private const int Width = 4;

    private (TKey Key, TItem Item)[]? _entries;

    /// <summary>Who won, match by match, the final last; null while there is room for one entry only. A place without entry has the last of all keys.</summary>
    private (TKey Key, int Entry)[]? _winners;

    public int Count { readonly get; private set; }

    public readonly TItem Top => _entries![TopIndex].Item;

    public readonly TKey TopKey => _winners is { } winners ? winners[^1].Key : _entries![0].Key;

    /// <summary>In no order.</summary>
    public readonly ReadOnlySpan<(TKey Key, TItem Item)> Entries => _entries.AsSpan(0, Count);

    private readonly int TopIndex => _winners is { } winners ? winners[^1].Entry : 0;

    /// <summary>Whether an entry, which is here, is the first.</summary>
    public readonly bool IsTop(TItem item) => item.Index == TopIndex;

    public readonly TKey KeyOf(TItem item) => _entries![item.Index].Key;

    public void Add(TItem item, TKey key)
    {
        if (Count == (_entries?.Length ?? 0)) Resize(Math.Max(1, Count * 2));
        item.Index = Count++;
        Put(item.Index, (key, item));
    }

    /// <summary>Gives an entry another key.</summary>
    public readonly void Move(TItem item, TKey key)
    {
        _entries![item.Index].Key = key;
        Play(item.Index);
    }

    public void Remove(TItem item)
    {
        var index = item.Index;
        item.Index = -1;
        var last = _entries![--Count];
        Put(Count, (TKey.Last, null!));
        if (index != Count)
        {
            last.Item.Index = index;
            Put(index, last);
        }

        if (Count < _entries.Length / Width) Resize(_entries.Length / 2);
    }

    public void Clear()
    {
        foreach (var (_, item) in Entries) item.Index = -1;
        (_entries, _winners, Count) = (null, null, 0);
    }

    private static int Matches(int players) => (players + Width - 1) / Width;

    private readonly void Put(int index, (TKey Key, TItem Item) entry)
    {
        _entries![index] = entry;
        Play(index);
    }

    /// <summary>Plays the matches of an entry again, up to the first whose end it changes nothing about.</summary>
    private readonly void Play(int entry)
    {
        if (_winners is not { } winners) return;
        var (match, matches) = (entry / Width, Matches(_entries!.Length));
        var round = winners.AsSpan();
        var best = FirstRound(match);
        while (round[match].Entry == entry || best.Entry == entry)
        {
            round[match] = best;
            if (matches == 1) break;
            match /= Width;
            best = NextRound(round[..matches], match);
            round = round[matches..];
            matches = Matches(matches);
        }
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
        Array.Resize(ref _entries, length);
        _entries.AsSpan(Count).Fill((TKey.Last, null!));
        _winners = null;
        if (length == 1) return;
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
