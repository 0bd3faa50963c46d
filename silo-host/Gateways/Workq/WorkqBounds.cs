namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>The bounds of the protocol, and ours where it has none.</summary>
internal static class WorkqBounds
{
    /// <summary>Bytes of a payload or a result.</summary>
    public const int BlockBytes = 1 << 20;

    /// <summary>Bytes of a line; a longer one closes the connection. Enough for the names of a lease.</summary>
    public const int LineBytes = 64 * 1024;

    /// <summary>A block that is refused for its size is read and thrown away up to this size, so that the connection can go on.</summary>
    public const int SkippedBytes = 64 << 20;

    public const int NameLength = 255;

    /// <summary>A day, in milliseconds: the longest TTR and the longest wait.</summary>
    public const long DayMs = 86_400_000;

    /// <summary>Names of one lease.</summary>
    public const int LeaseNames = 1_000;

    /// <summary>Records of one inspect reply, whatever limit was asked for.</summary>
    public const int PageRecords = 1_000;

    /// <summary>Bytes of payloads after which an inspect reply takes no further record.</summary>
    public const int PageBytes = 8 << 20;

    /// <summary>The last moment that can be named, Unix milliseconds: a job that lives longer has no end.</summary>
    public const long LastMoment = 253_402_300_799_999;
}
