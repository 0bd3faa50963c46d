using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Worcr.Core.Fairness;

/// <summary>
/// Entries of which the one with the smallest key is known: a tournament of four players a match (D. Knuth: "The Art of Computer Programming", volume 3,
/// 5.4.1). An entry keeps its place while keys change, and only the matches between it and the final are played again, O(log n): no other entry is touched,
/// and which matches these are does not depend on how they end, so that a processor can fetch them all at once, unlike the path of a heap. Keys stand in the
/// array itself. A struct, because there are as many as there are tenants with lanes of a kind; most of these have one entry, which needs no arrays.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal partial struct FairTournament<TKey, TItem>
    where TKey : struct, IFairKey<TKey>
    where TItem : FairEntry
{
    private const int Width = 4;

    /// <summary>The first that came, while it is alone.</summary>
    private TItem? _only;
    private (TKey Key, int Number) _onlyPlayer;

    private TItem?[]? _items;

    /// <summary>
    /// First the entries, each with its tag; a place without entry has the last of all keys. Then round after round who won, match by match, with the number of the entry; the final is the last.
    /// </summary>
    private (TKey Key, int Number)[]? _players;

    public int Count { readonly get; private set; }

    public readonly TItem Top => _items is { } items ? items[_players![^1].Number]! : _only!;

    /// <summary>What was said of the first when it was added.</summary>
    public readonly int TopTag => _players is { } players ? players[players[^1].Number].Number : _onlyPlayer.Number;

    public readonly TKey TopKey => _players is { } players ? players[^1].Key : _onlyPlayer.Key;

    /// <summary>In no order.</summary>
    public readonly TItem[] Items => _items is { } items ? [.. items[..Count].Select(i => i!)] : Count == 0 ? [] : [_only!];

    /// <summary>Whether an entry, which is here, is the first.</summary>
    public readonly bool IsTop(TItem item) => _players is null || _players[^1].Number == item.Index;

    public readonly TKey KeyOf(TItem item) => _players is { } players ? players[item.Index].Key : _onlyPlayer.Key;

    /// <summary>Who has the place of an entry now, or null.</summary>
    public readonly TItem? ItemAt(int entry) => _items is { } items && entry < items.Length ? items[entry] : null;

    /// <summary>Adds an entry.</summary>
    /// <param name="item">The entry, which stands in no tournament.</param>
    /// <param name="key">Where it stands.</param>
    /// <param name="tag">A number that can be read of the first without looking at the entry itself, which may be far away.</param>
    public void Add(TItem item, TKey key, int tag = -1)
    {
        item.Index = Count++;
        if (_items is null && Count == 1)
        {
            (_only, _onlyPlayer) = (item, (key, tag));
            return;
        }

        if (Count > (_items?.Length ?? 1)) Resize(Count == 2 ? 2 : _items!.Length * 2);
        Put(item.Index, item, (key, tag));
    }

    /// <summary>Gives an entry another key. Tells which entry is among the last sixteen now in its place: that one goes first soon, unless it is this one again.</summary>
    public int Move(TItem item, TKey key) => Move(item.Index, key);

    /// <summary>Gives the first entry another key, without looking at the entry itself.</summary>
    public int MoveTop(TKey key) => Move(_players is null ? 0 : _players[^1].Number, key);

    public void Remove(TItem item)
    {
        var index = item.Index;
        item.Index = -1;
        Count--;
        if (Count == 0 || _items is not { } items)
        {
            (_only, _items, _players) = (null, null, null);
            return;
        }

        var (last, player) = (items[Count]!, _players![Count]);
        Put(Count, null, (TKey.Last, -1));
        if (index != Count)
        {
            last.Index = index;
            Put(index, last, player);
        }

        if (Count < items.Length / Width) Resize(items.Length / 2);
    }

    public void Clear()
    {
        foreach (var item in Items) item.Index = -1;
        (_only, _items, _players, Count) = (null, null, null, 0);
    }

    /// <summary>The processor fetches what a choice reads first when an entry comes to the top: its match, and who it is.</summary>
    public readonly void FetchMatch(int entry)
    {
        if (_items is not { } items || entry >= items.Length) return;
        CacheAhead.FetchLine(ref items[entry]);
        CacheAhead.FetchLine(ref _players![entry & -Width]);
        CacheAhead.FetchLine(ref _players[(entry & -Width) + (Width / 2)]);
        CacheAhead.FetchLine(ref _players[entry | (Width - 1)]);
    }

    private static int Matches(int players) => (players + Width - 1) / Width;

    private int Move(int entry, TKey key)
    {
        if (_players is not { } players)
        {
            _onlyPlayer.Key = key;
            return 0;
        }

        players[entry].Key = key;
        return Play(entry);
    }

    private readonly void Put(int index, TItem? item, (TKey Key, int Number) player)
    {
        _items![index] = item;
        _players![index] = player;
        Play(index);
    }

    /// <summary>Plays the matches of an entry again, up to the first whose end it changes nothing about; tells who came to the last sixteen of them.</summary>
    private readonly int Play(int entry)
    {
        var round = _players.AsSpan();
        var (size, match) = (_items!.Length, entry / Width);
        var furthest = (match * Width) + WinnerOf(round, size, match);
        var best = (round[furthest].Key, Number: furthest);
        while (true)
        {
            round = round[size..];
            size = Matches(size);
            if (round[match].Number != entry && best.Number != entry) return furthest;
            round[match] = best;
            if (size == 1) return furthest;
            if (size > Width) furthest = best.Number;
            match /= Width;
            best = round[(match * Width) + WinnerOf(round, size, match)];
        }
    }

    /// <summary>Who of a match's players has the smallest key; of equal ones the first. Without branches as far as possible: nobody, not the processor either, can guess who wins.</summary>
    private static int WinnerOf(ReadOnlySpan<(TKey Key, int Number)> round, int size, int match)
    {
        var first = match * Width;
        var players = round.Slice(first, Math.Min(Width, size - first));
        if (players.Length == Width)
        {
            var (left, right) = (Before(in players[1].Key, in players[0].Key), 2 + Before(in players[3].Key, in players[2].Key));
            return left + ((right - left) * Before(in players[right].Key, in players[left].Key));
        }

        var best = 0;
        for (var player = 1; player < players.Length; player++) best += (player - best) * Before(in players[player].Key, in players[best].Key);
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Before(ref readonly TKey one, ref readonly TKey other) => Unsafe.BitCast<bool, byte>(one.IsBefore(in other));

    private void Resize(int length)
    {
        var (items, players, all) = (_items ?? [_only], _players ?? [_onlyPlayer], length);
        var known = Math.Min(Count, items.Length);
        for (var size = length; size > 1; size = Matches(size)) all += Matches(size);
        (_only, _items, _players) = (null, new TItem?[length], new (TKey, int)[all]);
        items.AsSpan(0, known).CopyTo(_items);
        players.AsSpan(0, known).CopyTo(_players);
        _players.AsSpan(known, length - known).Fill((TKey.Last, -1));
        PlayAll(_players, length);
    }

    private static void PlayAll(Span<(TKey Key, int Number)> round, int size)
    {
        for (var isFirst = true; size > 1; isFirst = false)
        {
            var next = round[size..];
            for (var match = 0; match < Matches(size); match++)
            {
                var winner = (match * Width) + WinnerOf(round, size, match);
                next[match] = (round[winner].Key, isFirst ? winner : round[winner].Number);
            }

            round = next;
            size = Matches(size);
        }
    }
}
