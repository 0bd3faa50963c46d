namespace Worcr.Protocol.Worker;

/// <summary>An open session.</summary>
/// <param name="Session">Its number.</param>
/// <param name="Accepted">Those of the held leases that are still good; the worker must stop the other jobs.</param>
/// <param name="Heartbeat">How often the worker has to be heard, in milliseconds.</param>
public sealed record RegisterAnswer(long Session, IReadOnlyList<string> Accepted, long Heartbeat);
