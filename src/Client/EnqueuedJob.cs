namespace Worcr.Client;

/// <summary>A job that the server has taken and stored.</summary>
/// <param name="Id">Its id, or that of the job that was there before.</param>
/// <param name="State">Its state, one of <see cref="Protocol.JobStateNames"/>.</param>
/// <param name="IsDuplicate">Whether a job was there before (same id, or same unique key).</param>
public readonly record struct EnqueuedJob(Guid Id, string State, bool IsDuplicate);
