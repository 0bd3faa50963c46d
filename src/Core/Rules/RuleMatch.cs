using Worcr.Core.Matching;

namespace Worcr.Core.Rules;

/// <summary>Which jobs on which workers a rule speaks of: every part has to hold.</summary>
public sealed record RuleMatch
{
    /// <summary>Everything.</summary>
    public static RuleMatch Any { get; } = new();

    /// <summary>Type, tenant, queue and tags of the job.</summary>
    public JobMatch Job { get; init; } = new();

    /// <summary>Values of the job's arguments; empty: no demand.</summary>
    public IReadOnlyList<ArgMatch> Args { get; init; } = [];

    /// <summary>Tags of the worker.</summary>
    public TagMatch Worker { get; init; } = TagMatch.Any;

    /// <summary>Whether a lane's jobs match, whatever the worker.</summary>
    public bool Matches(LaneShape shape)
    {
        if (!Job.Matches(shape)) return false;
        foreach (var arg in Args)
        {
            if (shape.ValueOf(arg.Path) != arg.Value) return false;
        }

        return true;
    }
}
