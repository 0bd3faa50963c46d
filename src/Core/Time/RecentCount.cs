namespace Worcr.Core.Time;

/// <summary>How often something happened in the last minute, in twelve slots of five seconds.</summary>
public sealed class RecentCount
{
    private const int Slots = 12;
    private const long SlotMs = 5_000;

    private readonly int[] _counts = new int[Slots];
    private long _latest = -1;
    private long _sum;

    /// <summary>It happened.</summary>
    public void Note(long now)
    {
        var slot = now / SlotMs;
        if (slot > _latest) Begin(slot);
        _counts[_latest % Slots]++;
        _sum++;
    }

    /// <summary>How often, in the slot of now and the eleven before it.</summary>
    public long Sum(long now)
    {
        var sum = _sum;
        var first = (now / SlotMs) - Slots + 1;
        for (var at = Math.Max(0, _latest - Slots + 1); at < first && at <= _latest; at++) sum -= _counts[at % Slots];
        return sum;
    }

    /// <summary>How often a second, given since when it is counted.</summary>
    public double PerSecond(long now, long since)
    {
        var begin = Math.Max(since, ((now / SlotMs) - Slots + 1) * SlotMs);
        return Sum(now) * 1_000.0 / Math.Max(1_000, now - begin);
    }

    private void Begin(long slot)
    {
        for (var at = Math.Max(_latest + 1, slot - Slots + 1); at <= slot; at++)
        {
            _sum -= _counts[at % Slots];
            _counts[at % Slots] = 0;
        }

        _latest = slot;
    }
}
