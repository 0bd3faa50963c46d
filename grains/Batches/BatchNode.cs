namespace Worcr.Grains.Batches;

/// <summary>A member of a batch that others wait for, or that waits for others.</summary>
/// <param name="Seq">Which.</param>
/// <param name="After">The nodes that have to succeed before it is ready.</param>
internal sealed record BatchNode(long Seq, int[] After);
