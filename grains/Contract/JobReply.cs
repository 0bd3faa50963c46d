namespace Worcr.Grains;

/// <summary>One job as a snapshot, or a refusal.</summary>
public sealed record JobReply(JobView? Job, Refusal? Refusal = null);
