namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>A request that is well-formed. Times and spans in milliseconds, times since 1970.</summary>
internal abstract record WorkqCommand
{
    /// <summary><c>add</c>, and with a time <c>schedule</c>.</summary>
    public sealed record Add(WorkqJob Job, ulong Ttl, long? Time, int Size) : WorkqCommand;

    public sealed record Run(WorkqJob Job, long Wait, int Size) : WorkqCommand;

    public sealed record Result(Guid Id, long Wait) : WorkqCommand;

    public sealed record Lease(IReadOnlyList<string> Names, long Wait) : WorkqCommand;

    /// <summary><c>complete</c> and <c>fail</c>.</summary>
    public sealed record Finish(Guid Id, bool Success, int Size) : WorkqCommand;

    public sealed record Delete(Guid Id) : WorkqCommand;

    public sealed record InspectJob(Guid Id) : WorkqCommand;

    /// <summary><c>inspect jobs</c> and <c>inspect scheduled-jobs</c>.</summary>
    public sealed record InspectJobs(string Name, bool Scheduled, long Offset, int Limit) : WorkqCommand;

    public sealed record InspectQueue(string Name) : WorkqCommand;

    public sealed record InspectQueues(long Offset, int Limit) : WorkqCommand;

    public sealed record InspectServer : WorkqCommand;
}
