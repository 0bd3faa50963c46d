using Worcr.Core.Rules;
using Worcr.Core.Time;

namespace Worcr.Grains.Rules;

/// <summary>A time in which jobs are shed again and again: listeners are told of its beginning and of its end, not of each job.</summary>
/// <param name="name">The rule's name; null: the dispatcher is at capacity.</param>
/// <param name="rule">The rule, or null.</param>
internal sealed class Shedding(string? name, ShedRule? rule) : Timed
{
    public string? Name { get; } = name;

    public ShedRule? Rule { get; } = rule;

    /// <summary>Jobs so far.</summary>
    public long Jobs { get; set; }

    /// <summary>When the last one was shed, Unix milliseconds.</summary>
    public long LastAt { get; set; }
}
