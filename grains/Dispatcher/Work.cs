namespace Worcr.Grains;

/// <summary>A flush, and what to do when it is durable: answer callers, tell workers.</summary>
public sealed class Work(Flush flush)
{
    /// <summary>What to write; may be empty.</summary>
    public Flush Flush { get; } = flush;

    /// <summary>Its number.</summary>
    public long Number => Flush.Number;

    /// <summary>A flush that has to be committed before this one starts, because both change the same job; 0: none.</summary>
    internal long Needs { get; set; }

    /// <summary>Whether it puts or deletes rules: what was decided by a rule must not be durable without the rule.</summary>
    internal bool ChangesRules { get; set; }

    /// <summary>When it was handed out, Unix milliseconds.</summary>
    internal long TakenAt { get; set; }

    /// <summary>The lowest new sequence number in it; 0: none.</summary>
    internal long FirstInsert { get; set; }

    internal List<Action> Effects { get; } = [];

    /// <summary>What listeners are told when it is durable; only what somebody listens to.</summary>
    internal List<(EventKind Kind, DispatcherEvent What)> Events { get; } = [];

    internal bool IsEmpty => Effects.Count == 0 && Events.Count == 0 && Flush.IsEmpty;

    internal int Operations => Flush.Inserts.Count + Flush.Updates.Count + Flush.Outcomes.Count + Flush.Leases.Count + Flush.Notes.Count;
}
