namespace Worcr.Protocol;

/// <summary>The bounds that the API checks at its edge.</summary>
public static class WireLimits
{
    /// <summary>The largest request body, in bytes: 16 MiB. A batch that is larger has to be split.</summary>
    public const int BodyBytes = 16 * 1024 * 1024;

    /// <summary>Most jobs in one request.</summary>
    public const int JobsPerRequest = 10_000;

    /// <summary>Largest arguments or result of one job, in bytes of JSON: 1 MiB.</summary>
    public const int ArgsBytes = 1024 * 1024;

    /// <summary>Largest <c>meta</c> of one job, in bytes of JSON: 16 KiB.</summary>
    public const int MetaBytes = 16 * 1024;

    /// <summary>How deep a job may nest, itself being level one.</summary>
    public const int Depth = 64;

    /// <summary>Longest type, tenant, queue, tag and order key, in UTF-16 code units.</summary>
    public const int NameLength = 255;

    /// <summary>Longest unique key, in UTF-16 code units.</summary>
    public const int UniqueKeyLength = 1_024;

    /// <summary>Most tags of one job.</summary>
    public const int Tags = 50;

    /// <summary>Smallest weight and share.</summary>
    public const double MinWeight = 1e-6;

    /// <summary>Largest weight and share.</summary>
    public const double MaxWeight = 1e6;

    /// <summary>Largest number of attempts or fails that a retry policy may name.</summary>
    public const int Attempts = 1_000_000;

    /// <summary>Most jobs, log lines or other items on a page.</summary>
    public const int PageSize = 1_000;

    /// <summary>Most values in one part of a match.</summary>
    public const int MatchValues = 1_000;

    /// <summary>Most arguments that one match looks at.</summary>
    public const int MatchArgs = 20;

    /// <summary>Most parts of a limit's key.</summary>
    public const int KeyParts = 8;

    /// <summary>Largest limit, burst and concurrency.</summary>
    public const int Permits = 1_000_000_000;

    /// <summary>Longest period of a limit, in milliseconds: 366 days.</summary>
    public const long PeriodMs = 366L * 86_400_000;

    /// <summary>Most error codes that an adaptive limit listens to.</summary>
    public const int AdaptiveCodes = 100;

    /// <summary>Largest backlog that a shed rule can ask for.</summary>
    public const long Backlog = 1_000_000_000_000;

    /// <summary>Dead jobs that a namespace may keep.</summary>
    public const int DeadJobs = 10_000_000;

    /// <summary>Shortest retention, in milliseconds: 1 hour.</summary>
    public const long RetentionMs = 3_600_000;

    /// <summary>Slots of one endpoint.</summary>
    public const int EndpointSlots = 1_000;

    /// <summary>Types of one endpoint, and queue labels.</summary>
    public const int EndpointTypes = 1_000;

    /// <summary>Longest time-out of an endpoint, in milliseconds: 1 hour.</summary>
    public const long EndpointTimeoutMs = 3_600_000;

    /// <summary>Characters of an address.</summary>
    public const int UrlLength = 2_048;

    /// <summary>Longest <c>wait</c>, in milliseconds: 5 minutes.</summary>
    public const long WaitMs = 5 * 60_000;
}
