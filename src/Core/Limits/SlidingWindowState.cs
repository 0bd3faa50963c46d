namespace Worcr.Core.Limits;

/// <summary>
/// So many in any window, wherever it begins. What was taken is remembered by time in steps of a thousandth of the period (at least a millisecond),
/// each rounded up to the end of its step: never too early, late by less than a step, and at most 1,001 entries whatever the limit.
/// </summary>
internal sealed class SlidingWindowState(LimitSpec spec) : LimitState(spec)
{
    private const int Steps = 1_000;
    private readonly Queue<Entry> _entries = new();
    private Entry? _newest;
    private long _total;

    private long Step => (Spec.PeriodMs + Steps - 1) / Steps;

    public override void Take(long now, long n)
    {
        while (_entries.TryPeek(out var oldest) && IsOver(oldest, now)) _total -= _entries.Dequeue().Count;
        Add(now, n);
    }

    public override long OpensAt(long now, int n)
    {
        if (n > Spec.Limit) return long.MaxValue;
        var used = _total;
        var opens = now;
        foreach (var entry in _entries)
        {
            if (used + n <= Spec.Limit) break;
            used -= entry.Count;
            opens = Math.Max(now, Moment((Int128)entry.At + Spec.PeriodMs));
        }

        return opens;
    }

    public override long Used(long now)
    {
        var used = _total;
        foreach (var entry in _entries)
        {
            if (!IsOver(entry, now)) break;
            used -= entry.Count;
        }

        return used;
    }

    public override void Change(LimitSpec spec, long now)
    {
        var was = _entries.ToArray();
        var period = Spec.PeriodMs;
        Spec = spec;
        if (period == spec.PeriodMs) return;
        _entries.Clear();
        _newest = null;
        _total = 0;
        foreach (var entry in was.Where(e => !IsOver(e, now))) Add(entry.At, entry.Count);
    }

    public override void Write(StateWriter to, long now)
    {
        var live = _entries.Where(e => !IsOver(e, now)).ToArray();
        to.Add(live.Length);
        var before = now - Spec.PeriodMs;
        foreach (var entry in live)
        {
            to.Add(entry.At - before);
            to.Add(entry.Count);
            before = entry.At;
        }
    }

    public override void Read(StateReader from, long at)
    {
        at -= Spec.PeriodMs;
        for (var left = from.Next(); left > 0; left--)
        {
            at += from.Next();
            Add(at, from.Next());
        }
    }

    /// <summary>Adds to the step that ends at or after this time; behind the newest, whose step is not over either, to that.</summary>
    private void Add(long at, long count)
    {
        _total += count;
        var end = Moment((Int128)at + Rest(at));
        if (_newest is not null && end <= _newest.At)
        {
            _newest.Count += count;
            return;
        }

        _newest = new Entry { At = end, Count = count };
        _entries.Enqueue(_newest);
    }

    /// <summary>How long the step that this moment is in still lasts.</summary>
    private long Rest(long at)
    {
        var into = at % Step;
        return into > 0 ? Step - into : -into;
    }

    private bool IsOver(Entry entry, long now) => (Int128)entry.At + Spec.PeriodMs <= now;

    private sealed class Entry
    {
        public long At { get; init; }

        public long Count { get; set; }
    }
}
