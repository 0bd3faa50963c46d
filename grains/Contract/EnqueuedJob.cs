namespace Worcr.Grains;

/// <summary>One accepted job.</summary>
/// <param name="Id">Its id, or that of the job that was there before.</param>
/// <param name="State">Its state.</param>
/// <param name="Duplicate">Whether a job was there before (same client-given id, or same unique key).</param>
public readonly record struct EnqueuedJob(Guid Id, JobState State, bool Duplicate);
