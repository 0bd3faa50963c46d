using Worcr.Core.Retry;

namespace Worcr.Core.Limits;

/// <summary>
/// A limit that finds its value by itself between <see cref="AdaptiveSpec.Min"/> and <see cref="AdaptiveSpec.Max"/>: one more after as many successes as it
/// allows, half after a declared failure (additive increase, multiplicative decrease: D.-M. Chiu, R. Jain, 1989, the one linear rule that comes to a fair and
/// efficient point; V. Jacobson, 1988, for the half and for one cut a round trip), a tenth less when run times get longer.
/// <para>Its user gives <see cref="Value"/> to a <see cref="LimitBucket"/> by <see cref="LimitBucket.Change"/> and <see cref="BlockedUntil"/> as <see cref="LimitBucket.ClosedUntil"/>.</para>
/// </summary>
public sealed class AdaptiveLimit
{
    /// <summary>How many changes are remembered.</summary>
    public const int HistoryLength = 100;

    /// <summary>The shortest time between two cuts, in milliseconds; it is as long as a run usually takes, if that is longer.</summary>
    public const long MinCoolDownMs = 1_000;

    /// <summary>The longest <c>Retry-After</c> that is obeyed, in milliseconds: 7 days.</summary>
    public const long MaxRetryAfterMs = RetryRules.MaxRetryAfterMs;

    private const double ErrorCut = 0.5;
    private const double SlowCut = 0.9;
    private const long Format = 1;
    private readonly Queue<AdaptiveChange> _history = new();
    private readonly RunTimes _runs = new();
    private AdaptiveSpec _spec;
    private long _cutAgainAt = long.MinValue;
    private int _successes;

    /// <summary>A limit that starts at <paramref name="start"/>, or at the bound next to it.</summary>
    public AdaptiveLimit(AdaptiveSpec spec, int start)
    {
        _spec = Check(spec);
        Value = Math.Clamp(start, spec.Min, spec.Max);
    }

    /// <summary>What it allows now.</summary>
    public int Value { get; private set; }

    /// <summary>Nothing may start before this, Unix milliseconds: somebody answered with <c>Retry-After</c>. <see cref="long.MinValue"/>: nobody did.</summary>
    public long BlockedUntil { get; private set; } = long.MinValue;

    /// <summary>Whether it stays as it is: nothing raises, cuts or blocks it.</summary>
    public bool IsFrozen => _spec.IsFrozen;

    /// <summary>The last <see cref="HistoryLength"/> changes of <see cref="Value"/>, oldest first. Not saved.</summary>
    public IReadOnlyCollection<AdaptiveChange> History => _history;

    /// <summary>The limit that <see cref="Save"/> saved, inside the bounds of today.</summary>
    /// <exception cref="FormatException">These bytes are no saved limit.</exception>
    public static AdaptiveLimit Restore(AdaptiveSpec spec, byte[] saved)
    {
        var limit = new AdaptiveLimit(spec, spec.Min);
        limit.Read(saved);
        return limit;
    }

    /// <summary>
    /// An attempt ended. A declared code halves the value, at most once in a cool-down: the failures of the runs that were under way then belong to the
    /// same cut. Other failures say nothing about the limit. Successes raise it, but only while it is what holds jobs back: one that nobody reaches would rise for ever.
    /// </summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="errorCode">The code it failed with, <c>timeout</c> when it took too long, null when it succeeded.</param>
    /// <param name="retryAfterMs">When to try again, in milliseconds from now, as the failure said; 0: it did not. Only a declared code blocks.</param>
    /// <param name="runMs">How long it ran, in milliseconds; of successes only.</param>
    /// <param name="inUse">Whether at least half of <see cref="Value"/> was in use.</param>
    /// <returns>Whether <see cref="Value"/> or <see cref="BlockedUntil"/> changed.</returns>
    public bool Ended(long now, string? errorCode, long retryAfterMs, double runMs, bool inUse)
    {
        if (IsFrozen) return false;
        if (errorCode is null) return Succeeded(now, runMs, inUse);
        if (!_spec.On.Contains(errorCode, StringComparer.Ordinal)) return false;
        var blocked = Block(now, retryAfterMs);
        return Cut(now, ErrorCut, AdaptiveReason.Errors) || blocked;
    }

    /// <summary>The limit was edited: the value moves inside the new bounds; freezing ends a block.</summary>
    /// <returns>Whether <see cref="Value"/> or <see cref="BlockedUntil"/> changed.</returns>
    public bool Change(AdaptiveSpec spec, long now)
    {
        _spec = Check(spec);
        var unblocked = spec.IsFrozen && BlockedUntil > now;
        if (spec.IsFrozen) BlockedUntil = long.MinValue;
        return Set(now, Math.Clamp(Value, spec.Min, spec.Max), AdaptiveReason.Edited) || unblocked;
    }

    /// <summary>What has to outlive a crash, for <see cref="Restore"/>: some 50 bytes.</summary>
    public byte[] Save()
    {
        var to = new StateWriter();
        to.Add(Format);
        to.Add(Value);
        to.Add(BlockedUntil);
        to.Add(_cutAgainAt);
        to.Add(_successes);
        _runs.Write(to);
        return to.ToArray();
    }

    private static AdaptiveSpec Check(AdaptiveSpec spec) =>
        spec.Min >= 1 && spec.Min <= spec.Max ? spec : throw new ArgumentException($"min {spec.Min} must be at least 1, max {spec.Max} at least min", nameof(spec));

    private bool Succeeded(long now, double runMs, bool inUse)
    {
        _runs.Add(runMs);
        if (_spec.Gradient && _runs.IsSlow) return Cut(now, SlowCut, AdaptiveReason.Slow);
        if (!inUse || Value >= _spec.Max || ++_successes < Value) return false;
        _successes = 0;
        return Set(now, Value + 1, AdaptiveReason.Raised);
    }

    private bool Cut(long now, double factor, AdaptiveReason reason)
    {
        if (now < _cutAgainAt) return false;
        _cutAgainAt = now + Math.Max(MinCoolDownMs, (long)_runs.Usual);
        _successes = 0;
        return Set(now, Math.Max(_spec.Min, (int)(Value * factor)), reason);
    }

    private bool Block(long now, long retryAfterMs)
    {
        var until = now + Math.Min(retryAfterMs, MaxRetryAfterMs);
        if (retryAfterMs <= 0 || until <= BlockedUntil) return false;
        BlockedUntil = until;
        return true;
    }

    private bool Set(long now, int value, AdaptiveReason reason)
    {
        if (value == Value) return false;
        Value = value;
        _history.Enqueue(new AdaptiveChange(now, value, reason));
        if (_history.Count > HistoryLength) _history.Dequeue();
        return true;
    }

    private void Read(byte[] saved)
    {
        var from = new StateReader(saved);
        if (from.Next() != Format) throw new FormatException("a saved adaptive limit of an unknown format");
        Value = (int)Math.Clamp(from.Next(), _spec.Min, _spec.Max);
        var blockedUntil = from.Next();
        BlockedUntil = IsFrozen ? long.MinValue : blockedUntil;
        _cutAgainAt = from.Next();
        _successes = (int)from.Next();
        _runs.Read(from);
        from.End();
    }
}
