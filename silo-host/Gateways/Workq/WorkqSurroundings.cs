namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>What all connections share.</summary>
/// <param name="Dispatchers">Where jobs are.</param>
/// <param name="Time">The clock.</param>
/// <param name="Names">Names in use.</param>
/// <param name="Inspections">Inspections of the backlog run one at a time: they read much.</param>
/// <param name="Clients">How many clients there are.</param>
internal sealed record WorkqSurroundings(IDispatchers Dispatchers, TimeProvider Time, WorkqNames Names, SemaphoreSlim Inspections, Func<int> Clients)
{
    /// <summary>When the gateway started, Unix milliseconds.</summary>
    public long Started { get; } = Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The time, Unix milliseconds.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
