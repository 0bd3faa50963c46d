using System.Runtime.InteropServices;

namespace Worcr.Core.Fairness;

/// <summary>
/// A heap with four children a node (D. Johnson: "Priority queues with update and finding minimum spanning trees", 1975). Keys stand in the
/// array itself, so comparing follows no reference; entries know their place, so each can be moved or removed in O(log n). A struct,
/// because there are as many heaps as there are tenants with lanes of a kind.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct FairHeap<TKey, TItem>
    where TKey : struct, IComparable<TKey>
    where TItem : FairEntry
{
    private const int Width = 4;

    private (TKey Key, TItem Item)[]? _entries;

    public int Count { readonly get; private set; }

    public readonly TItem Top => _entries![0].Item;

    public readonly TKey TopKey => _entries![0].Key;

    public readonly ReadOnlySpan<(TKey Key, TItem Item)> Entries => _entries.AsSpan(0, Count);

    public readonly TKey KeyOf(TItem item) => _entries![item.Index].Key;

    public void Add(TItem item, TKey key)
    {
        if (Count == (_entries?.Length ?? 0)) Array.Resize(ref _entries, Count == 0 ? 1 : Count * 2);
        Rise(Count++, item, key);
    }

    /// <summary>Gives an entry another key.</summary>
    public readonly void Move(TItem item, TKey key)
    {
        if (key.CompareTo(KeyOf(item)) < 0) Rise(item.Index, item, key);
        else Sink(item.Index, item, key);
    }

    public void Remove(TItem item)
    {
        var entries = _entries!;
        var index = item.Index;
        item.Index = -1;
        var (key, last) = entries[--Count];
        entries[Count] = default;
        if (index == Count) return;
        if (index > 0 && key.CompareTo(entries[(index - 1) / Width].Key) < 0) Rise(index, last, key);
        else Sink(index, last, key);
        if (Count < entries.Length / Width) Array.Resize(ref _entries, entries.Length / 2);
    }

    public void Clear()
    {
        foreach (var (_, item) in Entries) item.Index = -1;
        (_entries, Count) = (null, 0);
    }

    private readonly void Rise(int index, TItem item, TKey key)
    {
        var entries = _entries!;
        while (index > 0)
        {
            var parent = (index - 1) / Width;
            if (key.CompareTo(entries[parent].Key) >= 0) break;
            entries[index] = entries[parent];
            entries[index].Item.Index = index;
            index = parent;
        }

        entries[index] = (key, item);
        item.Index = index;
    }

    private readonly void Sink(int index, TItem item, TKey key)
    {
        var entries = _entries.AsSpan(0, Count);
        for (var first = (index * Width) + 1; first < entries.Length; first = (index * Width) + 1)
        {
            var least = first;
            var end = Math.Min(first + Width, entries.Length);
            for (var child = first + 1; child < end; child++)
            {
                if (entries[child].Key.CompareTo(entries[least].Key) < 0) least = child;
            }

            if (key.CompareTo(entries[least].Key) <= 0) break;
            entries[index] = entries[least];
            entries[index].Item.Index = index;
            index = least;
        }

        entries[index] = (key, item);
        item.Index = index;
    }
}
