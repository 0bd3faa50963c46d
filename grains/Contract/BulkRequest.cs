using Worcr.Core.Matching;
using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>Asks to change all jobs that match.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Match">Which jobs.</param>
/// <param name="States">Only jobs in these states; null: those that the action can act on.</param>
/// <param name="Weight">The new weight, for <see cref="BulkAction.Reweigh"/>.</param>
/// <param name="DryRun">Only count.</param>
public sealed record BulkRequest(BulkAction Action, JobMatch Match, IReadOnlyList<JobState>? States, double? Weight, bool DryRun)
{
    /// <summary>Values that the jobs' arguments have to have; empty: no demand. Sorted by path (ordinal).</summary>
    public IReadOnlyList<ArgMatch> Args { get; init; } = [];
}
