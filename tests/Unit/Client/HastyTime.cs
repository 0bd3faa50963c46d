namespace Worcr.Unit.Client;

/// <summary>A clock whose pauses are over at once, and remembered. Those of an hour and more never end.</summary>
public sealed class HastyTime : TimeProvider
{
    public List<TimeSpan> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.FromHours(1) || dueTime < TimeSpan.Zero) return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        lock (Pauses) Pauses.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
