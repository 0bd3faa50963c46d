namespace Worcr.Protocol;

/// <summary>The state of a job after it was cancelled, retried or asked to yield.</summary>
/// <param name="Id">The job.</param>
/// <param name="State">Its state now.</param>
public sealed record JobControlAnswer(Guid Id, string State);
