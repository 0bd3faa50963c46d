namespace Worcr.Grains;

/// <summary>How many jobs were changed (or would be, in a dry run).</summary>
public sealed record BulkReply(long Affected, Refusal? Refusal = null);
