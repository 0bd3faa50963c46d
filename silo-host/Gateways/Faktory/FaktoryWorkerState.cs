namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What a worker does; only ever goes on to the next.</summary>
internal enum FaktoryWorkerState
{
    /// <summary>It takes jobs.</summary>
    Running,

    /// <summary>It takes no more jobs.</summary>
    Quiet,

    /// <summary>It takes no more jobs and leaves.</summary>
    Terminate,
}
