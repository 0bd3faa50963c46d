
namespace Worcr.SiloHost.Cluster;

/// <summary>
/// The wall clock without its jumps back: it follows a jump forward at once (schedules are by the wall), and after a jump back goes on
/// at half speed until the wall has caught up, so that nothing waits for hours because a clock was set back.
/// </summary>
internal sealed class SteadyClock(TimeProvider time) : IClock
{
    private readonly Lock _gate = new();
    private long _now = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long _readAt = time.GetTimestamp();

    public long Now
    {
        get
        {
            lock (_gate)
            {
                var wall = time.GetUtcNow().ToUnixTimeMilliseconds();
                if (wall >= _now) return Take(wall);
                var passed = (long)time.GetElapsedTime(_readAt).TotalMilliseconds;
                return passed >= 2 ? Take(_now + (passed / 2)) : _now;
            }
        }
    }

    public IAlarm CreateAlarm(Action wake) => new Alarm(this, time, wake);

    private long Take(long now)
    {
        _readAt = time.GetTimestamp();
        return _now = now;
    }

    private sealed class Alarm : IAlarm
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
        private readonly SteadyClock _clock;
        private readonly ITimer _timer;
        private long _at = long.MaxValue;

        public Alarm(SteadyClock clock, TimeProvider time, Action wake)
        {
            _clock = clock;
            _timer = time.CreateTimer(_ => wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        /// <summary>The timer runs by the monotonic clock; so it looks again at the latest after <see cref="Longest"/>, in case the wall jumped.</summary>
        public void Set(long at)
        {
            if (at == _at && at == long.MaxValue) return;
            _at = at;
            var wait = at == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(0, at - _clock.Now));
            _timer.Change(wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
        }

        public void Dispose() => _timer.Dispose();
    }
}
