using System.Buffers.Binary;
using Worcr.Core.Rules;
using Worcr.Core.Time;

namespace Worcr.Grains;

/// <summary>What is off the critical path.</summary>
public sealed partial class Dispatcher
{
    private const int PrunePage = 1_000;
    private const string RetentionKind = "retention";
    private const string RetentionName = "clock";

    private List<LogLine> _logs = [];
    private RetentionClock _retention = new(0);

    /// <summary>Log lines gathered since the last call, to be appended by the host.</summary>
    public IReadOnlyList<LogLine> TakeLogs()
    {
        if (_logs.Count == 0) return [];
        var taken = _logs;
        _logs = [];
        return taken;
    }

    /// <summary>What the store may forget now.</summary>
    /// <param name="uptimeMs">A clock that nobody sets: the wall clock may be wrong, and what is forgotten is gone.</param>
    public Retire PrepareRetire(long uptimeMs)
    {
        var former = _retention.At;
        var now = _retention.Advance(_now, uptimeMs);
        if (now != former) NoteRetention();
        ForgetBatches(now - RetentionMs);
        return new Retire(UnixDay.Of(now - RetentionMs), now);
    }

    /// <summary>What of the namespace's finished jobs the store may forget now; a page.</summary>
    /// <param name="uptimeMs">As for <see cref="PrepareRetire"/>.</param>
    public Prune PreparePrune(long uptimeMs)
    {
        var retire = PrepareRetire(uptimeMs);
        var deadMs = _settings.DeadRetentionMs > 0 ? Math.Min(_settings.DeadRetentionMs, RetentionMs) : RetentionMs;
        return new Prune(_ownership, retire.BeforeDay, retire.Now - deadMs, _settings.MaxDead, PrunePage);
    }

    private void NoteRetention()
    {
        var body = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(body, _retention.At);
        _work.Flush.Resources.Add(new ResourceChange(RetentionKind, RetentionName, body));
    }

    private void RecoverRetention(byte[] body) => _retention = new RetentionClock(BinaryPrimitives.ReadInt64LittleEndian(body));

    /// <summary>What the namespace's settings say, or else the silo's.</summary>
    private long RetentionMs => ResourceOf<NamespaceRule>(ResourceKind.Settings, NamespaceRule.Name)?.RetentionMs ?? _options.RetentionMs;
}
