namespace Worcr.Unit.Gateways.Faktory;

/// <summary>A clock with timers that a test moves: what rings on the way rings inside <see cref="Advance"/>, at its own time.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private TimeSpan _now = TimeSpan.FromHours(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        var end = _now + span;
        while (_timers.Where(timer => timer.RingsAt <= end).MinBy(timer => timer.RingsAt) is { } next)
        {
            _now = next.RingsAt;
            _timers.Remove(next);
            next.Ring();
        }

        _now = end;
    }

    private sealed class Timer(SteppedTime time, Action ring) : ITimer
    {
        public TimeSpan RingsAt { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            period.ShouldBe(Timeout.InfiniteTimeSpan, "timers that ring again and again are not served");
            time._timers.Remove(this);
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            RingsAt = time._now + dueTime;
            time._timers.Add(this);
            return true;
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
