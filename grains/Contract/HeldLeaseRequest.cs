namespace Worcr.Grains;

/// <summary>Asks for the lease by which a job runs: for protocols whose workers name the job, not the lease.</summary>
/// <param name="Id">The job.</param>
/// <param name="Worker">The worker that has to hold it; null: any.</param>
public sealed record HeldLeaseRequest(Guid Id, string? Worker);
