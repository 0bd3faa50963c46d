namespace Worcr.Grains;

/// <summary>The state of the job after the change, or a refusal.</summary>
public sealed record ControlReply(JobState? State, Refusal? Refusal = null);
