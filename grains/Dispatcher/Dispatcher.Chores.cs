namespace Worcr.Grains;

/// <summary>What is off the critical path.</summary>
public sealed partial class Dispatcher
{
    private List<LogLine> _logs = [];

    /// <summary>Log lines gathered since the last call, to be appended by the host.</summary>
    public IReadOnlyList<LogLine> TakeLogs()
    {
        if (_logs.Count == 0) return [];
        var taken = _logs;
        _logs = [];
        return taken;
    }

    /// <summary>
    /// What the store may forget now. Idle lanes are dropped from memory first: the store may forget the record of a lane that nothing
    /// refers to, and a lane in memory would go on to use it.
    /// </summary>
    public Retire PrepareRetire()
    {
        ForgetIdleLanes();
        return new Retire((int)((_now - _options.RetentionMs) / DayMs), _now);
    }
}
