namespace Worcr.Simulation.Running;

/// <summary>What a run is about; the seed picks it.</summary>
internal enum ScenarioKind
{
    /// <summary>No faults at all: order and plain service.</summary>
    Calm,

    /// <summary>No faults, a backlog of several tenants: who is served how often.</summary>
    Fairness,

    /// <summary>Silos crash, pause and come back.</summary>
    Crashes,

    /// <summary>Windows, horizons and flushes as small as can be.</summary>
    TinyWindows,

    /// <summary>The store refuses, breaks, answers late.</summary>
    StoreFaults,

    /// <summary>Clocks jump forward and back.</summary>
    ClockJumps,

    /// <summary>Workers break off, die, are slow, come back.</summary>
    LostWorkers,

    /// <summary>Many operators, alone and in bulk.</summary>
    Operators,

    /// <summary>Rules come, change and go; silos crash.</summary>
    Rules,

    /// <summary>Several namespaces over one database: all of it in one, and beside it some in which nothing or something else goes wrong.</summary>
    Neighbours,

    /// <summary>All of it.</summary>
    Everything,
}
