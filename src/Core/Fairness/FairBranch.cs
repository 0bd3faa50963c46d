namespace Worcr.Core.Fairness;

/// <summary>What may stand below a node: another node, or a stall.</summary>
/// <param name="parent">The node above; null at the root.</param>
internal abstract class FairBranch(FairNode? parent) : FairEntry
{
    public FairNode? Parent { get; } = parent;

    /// <summary>The lane below to serve next, or null; <paramref name="key"/> is where it stands.</summary>
    public abstract FairLane? Top(out FairKey key);
}
