namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>The fields of the job that is being read.</summary>
internal struct JobDraft()
{
    /// <summary>The queue label of jobs that name none.</summary>
    public const string DefaultQueue = "default";

    /// <summary>A time that was not given.</summary>
    private const long Absent = -1;

    public TextEntry? Type;
    public TextEntry? Tenant;
    public TextEntry? Queue;
    public int TagCount;
    public double Weight = 1;
    public long SloMs;
    public string? OrderKey;
    public int Priority;
    public byte[]? Args;
    public long RunAt = Absent;
    public long DelayMs = Absent;
    public long ExpiresAt = Absent;
    public long ExpiresInMs = Absent;
    public long TimeoutMs;
    public long ResultTtlMs;
    public RetryPolicy? Retry;
    public UniquePolicy? Unique;
    public Guid Id;
    public byte[]? Meta;
    public Guid? Batch;
    public Guid? Parent;
    public byte[]? Then;

    /// <summary>Bit n: the field with number n was there.</summary>
    public uint Seen;

    /// <summary>Bit n: the field with number n was there as a null, which means absent.</summary>
    public uint Nulls;

    /// <summary>Whether a field was there.</summary>
    public readonly bool Has(JobField field) => (Seen & (1u << (int)field)) != 0;

    /// <summary>Whether a field was there with a value.</summary>
    public readonly bool Gives(JobField field) => (Seen & ~Nulls & (1u << (int)field)) != 0;
}
