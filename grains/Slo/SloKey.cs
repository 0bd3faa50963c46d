using Worcr.Core.Slo;
using Worcr.Core.Time;

namespace Worcr.Grains.Slo;

/// <summary>How one type, or one tenant, keeps to its objectives. Its timer judges it.</summary>
internal sealed class SloKey(SloScope scope, string name, double target) : Timed
{
    public SloScope Scope { get; } = scope;

    public string Name { get; } = name;

    public SloTracker Tracker { get; } = new(target);

    /// <summary>How often its jobs with an objective start.</summary>
    public EventRate Starts;
}
