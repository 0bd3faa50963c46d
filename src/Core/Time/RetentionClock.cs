namespace Worcr.Core.Time;

/// <summary>
/// The time by which retention judges what is old. What it drops does not come back, so it does not believe a wall clock that runs ahead of what has passed: it never goes forward more
/// than twice as fast as time passes, and each start counts for a day at most. So a clock that is wrong by a year costs a finished job at most half of its retention and a day;
/// after a long stop it keeps things longer until it has caught up. Where the wall goes back it goes along, and remembers for a day where it was, in case the wall comes back.
/// </summary>
/// <param name="at">Where the last one stood, Unix milliseconds; 0: there was none.</param>
public sealed class RetentionClock(long at)
{
    private const int Pace = 2;

    private long? _uptime;
    private long _behindMs;

    /// <summary>The latest time that it may show, Unix milliseconds: what the next one goes on from; 0: it has not begun.</summary>
    public long At { get; private set; } = at;

    /// <summary>Goes on; the time.</summary>
    /// <param name="now">The wall clock, Unix milliseconds: it is never ahead of that.</param>
    /// <param name="uptimeMs">A clock that nobody sets, since whenever.</param>
    public long Advance(long now, long uptimeMs)
    {
        var passed = _uptime is { } before ? Math.Max(0, uptimeMs - before) : 0;
        var most = At == 0 ? now : At + (_uptime is null ? UnixDay.Ms : Pace * passed);
        _uptime = uptimeMs;
        if (now >= At)
        {
            At = Math.Min(now, most);
            _behindMs = 0;
        }
        else if ((_behindMs += passed) >= UnixDay.Ms)
        {
            At = now;
            _behindMs = 0;
        }

        return Math.Min(now, At);
    }
}
