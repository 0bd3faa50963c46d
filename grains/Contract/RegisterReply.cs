namespace Worcr.Grains;

/// <summary>An open session.</summary>
/// <param name="Session">Its number, unique within the dispatcher's life.</param>
/// <param name="Accepted">Those of the held leases that are still good; the worker must stop the others.</param>
/// <param name="HeartbeatMs">How often the worker has to be heard, in milliseconds.</param>
/// <param name="Refusal">Why there is no session, or null.</param>
public sealed record RegisterReply(long Session, IReadOnlyList<LeaseToken> Accepted, long HeartbeatMs, Refusal? Refusal = null);
