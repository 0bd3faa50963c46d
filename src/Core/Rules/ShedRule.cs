namespace Worcr.Core.Rules;

/// <summary>New jobs that match are turned away, or put off, while there is too much to do.</summary>
/// <param name="Match">Which jobs.</param>
/// <param name="Action">What happens to them.</param>
public sealed record ShedRule(RuleMatch Match, ShedAction Action) : Resource
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Shed;

    /// <summary>
    /// Whose <see cref="Backlog"/> or <see cref="OldestMs"/> it is, if not that of the matching jobs themselves; a job that the rule itself matches does not count, for it may wait because of it.
    /// Null: theirs.
    /// </summary>
    public RuleMatch? Of { get; init; }

    /// <summary>Whether the backlog of a lane's jobs counts.</summary>
    public bool Counts(LaneShape shape) => Of is null ? Match.Matches(shape) : Of.Matches(shape) && !Match.Matches(shape);

    /// <summary>At least so many jobs are ready; 0: not asked.</summary>
    public long Backlog { get; init; }

    /// <summary>The oldest ready job waits at least so long, in milliseconds; 0: not asked.</summary>
    public long OldestMs { get; init; }

    /// <summary>The dispatcher's load is at least this, from 0 to 1 (1: at capacity); 0: not asked.</summary>
    public double Load { get; init; }

    /// <summary>How long deferred jobs wait at least before they are ready, in milliseconds. Default: 1 minute.</summary>
    public long DeferMs { get; init; } = 60_000;

    /// <summary>When the rule ends by itself, Unix milliseconds; 0: never.</summary>
    public long ExpiresAt { get; init; }
}
