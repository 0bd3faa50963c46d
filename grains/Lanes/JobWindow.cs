using Worcr.Grains.Jobs;

namespace Worcr.Grains.Lanes;

/// <summary>
/// The jobs of a strand that are in memory and ready, by sequence number. A job that stops being ready elsewhere (cancelled, expired)
/// stays in its place until it is passed over; <see cref="Count"/> does not count it.
/// </summary>
internal sealed class JobWindow
{
    private JobGrain?[] _items = [];
    private int _head;
    private int _end;

    /// <summary>The window of strands that have none.</summary>
    public static JobWindow Empty { get; } = new();

    /// <summary>Ready jobs in the window.</summary>
    public int Count { get; private set; }

    /// <summary>The first ready job, or null.</summary>
    public JobGrain? Peek()
    {
        if (_end == 0) return null;
        while (_head < _end)
        {
            var item = _items[_head]!;
            if (IsHere(item)) return item;
            _items[_head++] = null;
        }

        _head = _end = 0;
        return null;
    }

    /// <summary>Takes the first ready job out; <see cref="Peek"/> said there is one.</summary>
    public void Take()
    {
        _items[_head++] = null;
        Count--;
    }

    /// <summary>The job is ready no longer, or goes to another strand.</summary>
    public void Drop() => Count--;

    /// <summary>Ready jobs before a sequence number.</summary>
    public int CountBefore(long seq)
    {
        var count = 0;
        for (var i = _head; i < _end && _items[i]!.Seq < seq; i++)
        {
            if (IsHere(_items[i]!)) count++;
        }

        return count;
    }

    /// <summary>Puts a job in its place.</summary>
    public void Add(JobGrain grain)
    {
        Reserve();
        var index = _end;
        if (_end > _head && _items[_end - 1]!.Seq > grain.Seq) index = Find(grain.Seq);
        if (index == _head && _head > 0)
        {
            _items[--_head] = grain;
        }
        else
        {
            Array.Copy(_items, index, _items, index + 1, _end - index);
            _items[index] = grain;
            _end++;
        }

        Count++;
    }

    /// <summary>Takes the last ready job out, or null.</summary>
    public JobGrain? TakeLast()
    {
        while (_head < _end)
        {
            var item = _items[--_end]!;
            _items[_end] = null;
            if (!IsHere(item)) continue;
            Count--;
            return item;
        }

        return null;
    }

    private static bool IsHere(JobGrain item) => item.State == JobState.Ready && !item.IsGone;

    private int Find(long seq)
    {
        var (low, high) = (_head, _end);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_items[middle]!.Seq < seq) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void Reserve()
    {
        if (_end < _items.Length) return;
        var length = _end - _head;
        var target = _head > _items.Length / 2 ? _items : new JobGrain?[Math.Max(2, _items.Length * 2)];
        Array.Copy(_items, _head, target, 0, length);
        if (ReferenceEquals(target, _items)) Array.Clear(_items, length, _end - length);
        (_items, _head, _end) = (target, 0, length);
    }
}
