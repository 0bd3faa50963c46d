namespace Worcr.Core.Time;

/// <summary>
/// The time by which retention judges what is old. What it drops does not come back, so it does not believe a wall clock that runs ahead of what has passed: it never goes forward more
/// than twice as fast as time passes, and each start counts for a day at most. So a clock that is wrong by a year costs a finished job at most half of its retention and a day;
/// after a long stop it keeps things longer until it has caught up.
/// </summary>
/// <param name="at">Where the last one stood, Unix milliseconds; 0: there was none.</param>
public sealed class RetentionClock(long at)
{
    private const int Pace = 2;
    private const long StartMs = 86_400_000;

    private long? _uptime;

    /// <summary>Where it stands, Unix milliseconds; 0: it has not begun.</summary>
    public long At { get; private set; } = at;

    /// <summary>Goes on.</summary>
    /// <param name="now">The wall clock, Unix milliseconds: it is never ahead of that.</param>
    /// <param name="uptimeMs">A clock that nobody sets, since whenever.</param>
    public long Advance(long now, long uptimeMs)
    {
        var most = _uptime is { } before ? Pace * Math.Max(0, uptimeMs - before) : StartMs;
        _uptime = uptimeMs;
        return At = At == 0 ? now : Math.Min(now, At + most);
    }
}
