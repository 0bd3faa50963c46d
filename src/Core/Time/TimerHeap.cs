namespace Worcr.Core.Time;

/// <summary>
/// Timers ordered by time: a binary heap whose entries know their index, so that removing one (the usual end of a lease's time-out)
/// costs O(log n) and leaves nothing behind.
/// </summary>
public sealed class TimerHeap
{
    private Timed[] _items = new Timed[64];

    /// <summary>How many timers are set.</summary>
    public int Count { get; private set; }

    /// <summary>When the earliest is due, or <see cref="long.MaxValue"/>.</summary>
    public long NextAt => Count == 0 ? long.MaxValue : _items[0].At;

    /// <summary>Sets or moves a timer.</summary>
    public void Set(Timed item, long at)
    {
        if (item.HeapIndex < 0)
        {
            if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
            item.HeapIndex = Count;
            _items[Count++] = item;
        }

        item.At = at;
        Up(item, item.HeapIndex);
        Down(item, item.HeapIndex);
    }

    /// <summary>Removes a timer; nothing happens when it is not set.</summary>
    public void Clear(Timed item)
    {
        var hole = item.HeapIndex;
        if (hole < 0) return;
        item.HeapIndex = -1;
        var last = _items[--Count];
        _items[Count] = null!;
        if (ReferenceEquals(last, item)) return;
        last.HeapIndex = hole;
        _items[hole] = last;
        Up(last, hole);
        Down(last, last.HeapIndex);
    }

    /// <summary>Takes the earliest timer out if it is due.</summary>
    public bool TryTakeDue(long now, out Timed item)
    {
        item = Count > 0 ? _items[0] : null!;
        if (Count == 0 || item.At > now) return false;
        Clear(item);
        return true;
    }

    private void Up(Timed item, int index)
    {
        while (index > 0)
        {
            var parent = (index - 1) >> 1;
            if (_items[parent].At <= item.At) break;
            Put(_items[parent], index);
            index = parent;
        }

        Put(item, index);
    }

    private void Down(Timed item, int index)
    {
        while (true)
        {
            var child = (index * 2) + 1;
            if (child >= Count) break;
            if (child + 1 < Count && _items[child + 1].At < _items[child].At) child++;
            if (_items[child].At >= item.At) break;
            Put(_items[child], index);
            index = child;
        }

        Put(item, index);
    }

    private void Put(Timed item, int index)
    {
        _items[index] = item;
        item.HeapIndex = index;
    }
}
