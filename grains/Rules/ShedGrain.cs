using Worcr.Core.Rules;
using Worcr.Grains.Lanes;

namespace Worcr.Grains.Rules;

/// <summary>A shed rule with what it has to know of the lanes it meets.</summary>
internal sealed class ShedGrain(string name, ShedRule rule)
{
    /// <summary>How long what was seen of the oldest job is believed, in milliseconds.</summary>
    private const long LookPauseMs = 100;

    private long _lookAt;
    private long _oldestAt;

    public string Name { get; } = name;

    public ShedRule Rule { get; } = rule;

    /// <summary>Ready jobs of its lanes.</summary>
    public long Ready { get; set; }

    public HashSet<Lane> Lanes { get; } = [];

    /// <summary>Since when the oldest ready job of its lanes waits, as far as it is in memory; <see cref="long.MaxValue"/>: there is none.</summary>
    public long OldestAt(long now)
    {
        if (now < _lookAt) return _oldestAt;
        _lookAt = now + LookPauseMs;
        _oldestAt = long.MaxValue;
        foreach (var lane in Lanes)
        {
            foreach (var strand in lane.Strands)
            {
                if (strand.Window.Peek() is { } head) _oldestAt = Math.Min(_oldestAt, head.Row.ReadyAt);
            }
        }

        return _oldestAt;
    }
}
