namespace Worcr.SiloHost.Gateways.Push;

/// <summary>What a request did for its job.</summary>
internal enum PushVerdict
{
    /// <summary>The job is done.</summary>
    Done,

    /// <summary>The endpoint goes on by itself, and will report.</summary>
    GoesOn,

    /// <summary>The attempt failed.</summary>
    Failed,

    /// <summary>Nobody waits for the answer any more.</summary>
    Aborted,
}
