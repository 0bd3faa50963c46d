namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>The fields of a job on the wire.</summary>
internal enum JobField
{
    Unknown,
    Type,
    Args,
    Tenant,
    Tags,
    Queue,
    Weight,
    Priority,
    Slo,
    RunAt,
    Delay,
    ExpiresIn,
    ExpiresAt,
    Timeout,
    Retry,
    Unique,
    OrderKey,
    ResultTtl,
    Id,
    Meta,
    Batch,
    Parent,
    Then,
}
