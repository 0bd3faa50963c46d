namespace Worcr.Grains.Jobs;

/// <summary>What was last said of each key, with the flush that makes it durable. It is forgotten in the order of the flushes.</summary>
internal sealed class Recent<TKey, TValue>(IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly Dictionary<TKey, (TValue Value, long Flush)> _last = new(comparer);
    private readonly Queue<(TKey Key, long Flush)> _notes = new();

    public int Count => _last.Count;

    /// <summary>Flushes come in their order.</summary>
    public void Note(TKey key, TValue value, long flush)
    {
        _last[key] = (value, flush);
        _notes.Enqueue((key, flush));
    }

    public bool TryGet(TKey key, out TValue value)
    {
        var isNoted = _last.TryGetValue(key, out var noted);
        value = noted.Value;
        return isNoted;
    }

    /// <summary>The flush that makes it durable; 0: nothing is noted of the key.</summary>
    public long FlushOf(TKey key) => _last.GetValueOrDefault(key).Flush;

    /// <summary>Forgets what these flushes made durable.</summary>
    public void Forget(long upTo)
    {
        while (_notes.TryPeek(out var oldest) && oldest.Flush <= upTo)
        {
            _notes.Dequeue();
            if (FlushOf(oldest.Key) <= upTo) _last.Remove(oldest.Key);
        }
    }
}
