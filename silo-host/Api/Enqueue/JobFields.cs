namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>Field names.</summary>
internal static class JobFields
{
    private static readonly string[] Names =
    [
        "", "type", "args", "tenant", "tags", "queue", "weight", "priority", "slo", "runAt", "delay", "expiresIn", "expiresAt", "timeout",
        "retry", "unique", "orderKey", "resultTtl", "id", "meta", "batch", "parent", "then",
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All => Names[1..];

    /// <summary>The name of a field.</summary>
    public static string NameOf(JobField field) => Names[(int)field];

    /// <summary>The field with a name.</summary>
    public static JobField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("id"u8) ? JobField.Id : JobField.Unknown,
        3 => name.SequenceEqual("slo"u8) ? JobField.Slo : JobField.Unknown,
        4 => FindOfFour(name),
        5 => FindOfFive(name),
        6 => FindOfSix(name),
        7 => name.SequenceEqual("timeout"u8) ? JobField.Timeout : JobField.Unknown,
        8 => name.SequenceEqual("priority"u8) ? JobField.Priority : name.SequenceEqual("orderKey"u8) ? JobField.OrderKey : JobField.Unknown,
        9 => name.SequenceEqual("expiresIn"u8) ? JobField.ExpiresIn
            : name.SequenceEqual("expiresAt"u8) ? JobField.ExpiresAt
            : name.SequenceEqual("resultTtl"u8) ? JobField.ResultTtl
            : JobField.Unknown,
        _ => JobField.Unknown,
    };

    private static JobField FindOfFour(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("type"u8) ? JobField.Type
        : name.SequenceEqual("args"u8) ? JobField.Args
        : name.SequenceEqual("tags"u8) ? JobField.Tags
        : name.SequenceEqual("meta"u8) ? JobField.Meta
        : name.SequenceEqual("then"u8) ? JobField.Then
        : JobField.Unknown;

    private static JobField FindOfSix(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("tenant"u8) ? JobField.Tenant
        : name.SequenceEqual("weight"u8) ? JobField.Weight
        : name.SequenceEqual("unique"u8) ? JobField.Unique
        : name.SequenceEqual("parent"u8) ? JobField.Parent
        : JobField.Unknown;

    private static JobField FindOfFive(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("queue"u8) ? JobField.Queue
        : name.SequenceEqual("runAt"u8) ? JobField.RunAt
        : name.SequenceEqual("delay"u8) ? JobField.Delay
        : name.SequenceEqual("retry"u8) ? JobField.Retry
        : name.SequenceEqual("batch"u8) ? JobField.Batch
        : JobField.Unknown;
}
