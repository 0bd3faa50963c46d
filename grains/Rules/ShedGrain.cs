using Worcr.Core.Fairness;
using Worcr.Core.Rules;
using Worcr.Core.Time;
using Worcr.Grains.Lanes;

namespace Worcr.Grains.Rules;

/// <summary>A shed rule with what it has to know of the lanes it meets. While it holds its lanes back it is looked at again and again.</summary>
/// <param name="name">Its name.</param>
/// <param name="rule">What it says.</param>
/// <param name="gate">The gate of the rule that had the name before, or null.</param>
internal sealed class ShedGrain(string name, ShedRule rule, FairGate? gate) : Timed
{
    /// <summary>How long what was seen of the oldest job is believed, in milliseconds.</summary>
    private const long LookPauseMs = 100;

    /// <summary>With very many lanes it is believed longer: looking at so many costs no more than a hundredth of the time.</summary>
    private const int LanesPerMs = 200;

    private readonly Dictionary<string, (long Held, long Others)> _keys = new(StringComparer.Ordinal);
    private long _lookAt;
    private long _oldestAt;

    public string Name { get; } = name;

    public ShedRule Rule { get; } = rule;

    /// <summary>Holds lanes back, if the rule does.</summary>
    public FairGate Gate { get; } = gate ?? new FairGate(0, "shed\n" + name);

    /// <summary>Whether its lanes wait while it holds. Where the waiting jobs are the condition themselves they would wait for ever.</summary>
    public bool HoldsBack => Rule is { Action: ShedAction.Defer, Load: > 0 } or { Action: ShedAction.Defer, Of: not null };

    /// <summary>Ready jobs that are its condition.</summary>
    public long Ready { get; private set; }

    /// <summary>Their lanes.</summary>
    public HashSet<Lane> Lanes { get; } = [];

    /// <summary>
    /// Ready jobs that are its condition come or go. Those whose order key has a job that the rule holds back do not count: they may wait for that one, and it would wait for them.
    /// </summary>
    public void CountOthers(string? orderKey, long delta)
    {
        var known = orderKey is null || Rule.Of is null ? default : Keyed(orderKey, 0, delta);
        if (known.Held == 0) Ready += delta;
    }

    /// <summary>Ready jobs that it holds back come or go.</summary>
    public void CountHeld(string? orderKey, long delta)
    {
        if (orderKey is null || Rule.Of is null || !HoldsBack) return;
        var (held, others) = Keyed(orderKey, delta, 0);
        if (held == delta && delta > 0) Ready -= others;
        if (held == 0 && delta < 0) Ready += others;
    }

    private (long Held, long Others) Keyed(string orderKey, long held, long others)
    {
        var known = _keys.GetValueOrDefault(orderKey);
        known = (known.Held + held, known.Others + others);
        if (known == default) _keys.Remove(orderKey);
        else _keys[orderKey] = known;
        return known;
    }

    /// <summary>Since when the oldest of them waits, as far as it is in memory; <see cref="long.MaxValue"/>: there is none.</summary>
    public long OldestAt(long now)
    {
        if (now < _lookAt) return _oldestAt;
        _lookAt = now + LookPauseMs + (Lanes.Count / LanesPerMs);
        _oldestAt = long.MaxValue;
        foreach (var lane in Lanes)
        {
            if (lane.Shape.OrderKey is { } key && _keys.GetValueOrDefault(key).Held > 0) continue;
            foreach (var strand in lane.Strands)
            {
                if (strand.Window.Peek() is { } head) _oldestAt = Math.Min(_oldestAt, head.Row.ReadyAt);
            }
        }

        return _oldestAt;
    }
}
