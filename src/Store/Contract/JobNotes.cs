namespace Worcr.Store;

/// <summary>Checkpoints and progress of a live job, each the whole JSON object; null leaves the column as it is.</summary>
public sealed record JobNotes(long Seq, byte[]? Checkpoints, byte[]? Progress);
