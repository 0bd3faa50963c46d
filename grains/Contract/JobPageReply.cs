namespace Worcr.Grains;

/// <summary>A page of jobs and where the next one starts (null: there is none).</summary>
public sealed record JobPageReply(IReadOnlyList<JobView> Jobs, long? Next, Refusal? Refusal = null);
