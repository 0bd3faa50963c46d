using Worcr.Core.Rules;

namespace Worcr.Grains.Violations;

/// <summary>What is known of an attempt whose type has a policy: when it saved last, and what it violated.</summary>
internal sealed class AttemptWatch(long savedAt)
{
    private readonly List<Violation> _violations = [];

    /// <summary>Since when it has saved no checkpoint.</summary>
    public long SavedAt { get; private set; } = savedAt;

    /// <summary>Whether the job goes on with less weight.</summary>
    public bool Demotes { get; private set; }

    /// <summary>Whether a violation of a kind goes on, so that it is not reported again.</summary>
    public bool Has(ViolationKind kind) => _violations.Exists(v => v.Kind == kind);

    public void Add(Violation violation, ViolationAction action)
    {
        _violations.Add(violation);
        Demotes |= action == ViolationAction.Deprioritise;
    }

    public void Saved(long now)
    {
        SavedAt = now;
        foreach (var violation in _violations.Where(v => v.Kind == ViolationKind.CheckpointEvery)) violation.End(now);
        _violations.RemoveAll(v => v.Kind == ViolationKind.CheckpointEvery);
    }

    public void Ended(long now, bool yielded)
    {
        foreach (var violation in _violations)
        {
            violation.End(now);
            if (yielded) violation.Yielded(now);
        }
    }
}
