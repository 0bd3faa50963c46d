namespace Worcr.Store.Image;

/// <summary>Rows as the statements' column lists order them: in one order in all backends.</summary>
/// <typeparam name="TRow">A backend's row.</typeparam>
internal static class StoredRows<TRow>
    where TRow : IStoredRow
{
    public static Job Job(TRow row) => new()
    {
        Seq = row.Long(0),
        Id = row.Guid(1),
        HasClientId = row.Bool(2),
        LaneId = row.Long(3),
        Shape = LaneCache.Pending,
        Priority = row.Int(4),
        State = (JobState)row.Small(5),
        CreatedAt = row.Long(6),
        ReadyAt = row.Long(7),
        DueAt = row.Long(8),
        ExpiresAt = row.Long(9),
        Attempt = row.Int(10),
        Yields = row.Int(11),
        Fails = row.Int(12),
        Options = row.IsNull(13) ? JobOptions.Default : OptionsCache.Decode(row.Blob(13)),
        Checkpoints = row.Bytes(14),
        Progress = row.Bytes(15),
        Attempts = row.Bytes(16),
        Args = row.Bytes(17),
    };

    public static StoredJob Stored(TRow row)
    {
        var job = Job(row);
        return new StoredJob(job, row.IsNull(19) ? null : Outcome(row, job));
    }

    public static LaneRecord Lane(TRow row, NamePool names)
    {
        var (type, tenant, queue) = (names.Name(row.Text(1)), names.Name(row.Text(2)), names.Name(row.Text(3)));
        var shape = new LaneShape(type, tenant, queue, names.Tags(row.Text(4)), row.Double(5), row.Long(6), TextOrNull(row, 7), LaneArgs.Decode(TextOrNull(row, 9)));
        return new LaneRecord(row.Long(0), shape, row.Int(8));
    }

    public static NamespaceRecord Namespace(TRow row) => new(row.Int(0), row.Text(1), TextOrNull(row, 2), row.Long(3), row.Long(4));

    public static ResourceChange Resource(TRow row) => new(row.Text(0), row.Text(1), row.Bytes(2));

    public static KnownId Known(TRow row) => new(row.Guid(0), row.Long(1), (JobState)row.Small(2));

    public static KnownLock Lock(TRow row) => new(new UniqueLock(row.Text(0), row.Long(1), row.Guid(2), row.Long(3)), row.IsNull(4) ? null : (JobState)row.Small(4));

    public static StoredKey Key(TRow row) => new()
    {
        Name = row.Text(0),
        Hash = row.Bytes(1)!,
        Prefix = row.Text(2),
        Role = row.Text(3),
        Namespaces = KeyColumns.Split(TextOrNull(row, 4)),
        CreatedAt = row.Long(5),
        ExpiresAt = row.Long(6),
    };

    private static string? TextOrNull(TRow row, int column) => row.IsNull(column) ? null : row.Text(column);

    private static JobOutcome Outcome(TRow row, Job job) => new()
    {
        Seq = job.Seq,
        State = job.State,
        Attempt = job.Attempt,
        Yields = job.Yields,
        Fails = job.Fails,
        StartedAt = row.Long(18),
        FinishedAt = row.Long(19),
        Worker = TextOrNull(row, 20),
        Result = row.Bytes(21),
        Error = JobErrorCodec.Decode(row.Bytes(22)),
        Attempts = job.Attempts,
    };
}
