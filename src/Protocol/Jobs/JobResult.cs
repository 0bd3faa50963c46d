namespace Worcr.Protocol;

/// <summary>How a job ended, or that it has not yet.</summary>
/// <param name="Id">The job.</param>
/// <param name="State">Its state.</param>
/// <param name="Result">What it brought, when it succeeded.</param>
/// <param name="Error">The error that ended it.</param>
public sealed record JobResult(Guid Id, string State, RawJson? Result = null, JobFailure? Error = null);
