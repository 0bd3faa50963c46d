namespace Worcr.Protocol;

/// <summary>Numbers of simulated jobs.</summary>
/// <param name="Came">Enqueued, or turned away.</param>
/// <param name="Started">Started at least once.</param>
/// <param name="Succeeded">Succeeded.</param>
/// <param name="Ended">Ended otherwise: out of attempts, expired, discarded.</param>
/// <param name="Refused">Turned away by a shed rule.</param>
public sealed record SimulatedCounts(int Came, int Started, int Succeeded, int Ended, int Refused);
