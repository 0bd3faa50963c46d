using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>What every endpoint needs of the outside.</summary>
/// <param name="Caller">Sends.</param>
/// <param name="Sessions">What sessions need.</param>
/// <param name="Chance">Spreads the ends of rests.</param>
/// <param name="Logger">Where endpoints write.</param>
internal sealed record PushSurroundings(PushCaller Caller, SessionSurroundings Sessions, Random Chance, ILogger<PushEndpoint> Logger)
{
    /// <summary>The clock.</summary>
    public TimeProvider Time => Sessions.Time;

    /// <summary>Unix milliseconds.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
