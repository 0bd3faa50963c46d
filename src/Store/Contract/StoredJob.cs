namespace Worcr.Store;

/// <summary>A job as stored: live (<see cref="Outcome"/> null) or finished.</summary>
/// <param name="Job">The job, whole. For a finished job its state is the final one.</param>
/// <param name="Outcome">How it ended, or null while it lives.</param>
public sealed record StoredJob(Job Job, JobOutcome? Outcome);
