namespace Worcr.Grains;

/// <summary>Whether the permits were given. Those of a concurrency limit return when the attempt ends.</summary>
/// <param name="Accepted">Whether the lease was good.</param>
/// <param name="Granted">Whether the permits were given.</param>
/// <param name="Refusal">Why the request is wrong, or null.</param>
public sealed record AcquireReply(bool Accepted, bool Granted, Refusal? Refusal = null);
