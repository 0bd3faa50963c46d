namespace Worcr.Grains;

/// <summary>
/// Finishes a job by its id, leased or not and whoever holds the lease: for protocols whose workers do not prove that they hold one. A failure
/// obeys the job's retry policy, like a worker's. Refusals: not found (also when the job's time to live is over), illegal transition (it has finished).
/// </summary>
/// <param name="Id">Which.</param>
/// <param name="Error">Why it failed; null: it succeeded.</param>
/// <param name="Result">UTF-8 JSON, at most 1 MiB and what wrapping bytes adds to it, or null; a final failure may have one, too.</param>
public sealed record FinishJobRequest(Guid Id, JobError? Error, byte[]? Result);
