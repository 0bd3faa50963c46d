using Worcr.Core.Rules;
using Worcr.Grains.Jobs;

namespace Worcr.Grains.Violations;

/// <summary>A violation as it is kept: it goes on until the attempt ends, or a checkpoint comes.</summary>
internal sealed class Violation(JobGrain grain, ViolationKind kind, ViolationAction action, long allowedMs, long since, long now)
{
    private readonly Guid _job = grain.Row.Id;
    private readonly string _type = grain.Lane.Shape.Type;
    private readonly string _tenant = grain.Lane.Shape.Tenant;
    private readonly string _worker = grain.Worker ?? "";
    private readonly int _attempt = grain.Attempt;
    private long _endedAt;
    private long? _yieldMs;

    public ViolationKind Kind { get; } = kind;

    public string Type => _type;

    public void End(long at)
    {
        if (_endedAt == 0) _endedAt = at;
    }

    public void Yielded(long at)
    {
        if (action != ViolationAction.Report) _yieldMs = at - now;
    }

    public ViolationView View(long at) => new()
    {
        At = now,
        Kind = Kind,
        Job = _job,
        Type = _type,
        Tenant = _tenant,
        Worker = _worker,
        Attempt = _attempt,
        AllowedMs = allowedMs,
        ActualMs = (_endedAt == 0 ? at : _endedAt) - since,
        IsOpen = _endedAt == 0,
        Action = action,
        YieldMs = _yieldMs,
    };
}
