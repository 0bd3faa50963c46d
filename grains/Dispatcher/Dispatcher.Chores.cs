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

    /// <summary>What the store may forget now.</summary>
    public Retire PrepareRetire()
    {
        ForgetBatches(_now - _options.RetentionMs);
        return new Retire((int)((_now - _options.RetentionMs) / DayMs), _now);
    }
}
