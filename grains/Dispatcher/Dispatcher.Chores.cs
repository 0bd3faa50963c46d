using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>What is off the critical path.</summary>
public sealed partial class Dispatcher
{
    private const int PrunePage = 1_000;

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
        ForgetBatches(_now - RetentionMs);
        return new Retire((int)((_now - RetentionMs) / DayMs), _now);
    }

    /// <summary>What of the namespace's finished jobs the store may forget now; a page.</summary>
    public Prune PreparePrune()
    {
        var deadMs = _settings.DeadRetentionMs > 0 ? Math.Min(_settings.DeadRetentionMs, RetentionMs) : RetentionMs;
        return new Prune(_ownership, PrepareRetire().BeforeDay, _now - deadMs, _settings.MaxDead, PrunePage);
    }

    /// <summary>What the namespace's settings say, or else the silo's.</summary>
    private long RetentionMs => ResourceOf<NamespaceRule>(ResourceKind.Settings, NamespaceRule.Name)?.RetentionMs ?? _options.RetentionMs;
}
