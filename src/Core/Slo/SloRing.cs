namespace Worcr.Core.Slo;

/// <summary>Starts in time and late, counted in slots of equal length, the latest so many of them.</summary>
internal sealed class SloRing(long slotMs, int slots)
{
    private readonly int[] _met = new int[slots];
    private readonly int[] _missed = new int[slots];
    private long _latest = long.MinValue;

    public void Note(long now, bool met)
    {
        Advance(now / slotMs);
        var counts = met ? _met : _missed;
        counts[_latest % slots]++;
    }

    /// <summary>What is in the latest slots, as of now; the slot that is being filled is one of them.</summary>
    public SloWindow Sum(long now, int latest)
    {
        var (met, missed) = (0L, 0L);
        var slot = Math.Max(now / slotMs, _latest);
        for (var at = slot - latest + 1; at <= _latest; at++)
        {
            met += _met[at % slots];
            missed += _missed[at % slots];
        }

        return new SloWindow(met, missed);
    }

    /// <summary>Empties the slots that were passed. Time that goes backwards stands still.</summary>
    private void Advance(long slot)
    {
        if (slot <= _latest) return;
        for (var at = Math.Max(_latest + 1, slot - slots + 1); at <= slot; at++) _met[at % slots] = _missed[at % slots] = 0;
        _latest = slot;
    }
}
