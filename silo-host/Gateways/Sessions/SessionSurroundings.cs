namespace Worcr.SiloHost.Gateways.Sessions;

/// <summary>What every session needs of the outside.</summary>
/// <param name="Time">The clock.</param>
/// <param name="SendTimeout">How long one message may take to leave.</param>
/// <param name="Logger">Where sessions write.</param>
public sealed record SessionSurroundings(TimeProvider Time, TimeSpan SendTimeout, ILogger<WorkerSession> Logger);
