using Npgsql;
using Worcr.Store.Image;

namespace Worcr.Store.Postgres;

/// <summary>Rows as the statements' column lists order them.</summary>
internal static class PostgresRows
{
    public static Job Job(NpgsqlDataReader row) => new()
    {
        Seq = row.GetInt64(0),
        Id = row.GetGuid(1),
        HasClientId = row.GetBoolean(2),
        LaneId = row.GetInt64(3),
        Shape = LaneCache.Pending,
        Priority = row.GetInt32(4),
        State = (JobState)row.GetInt16(5),
        CreatedAt = row.GetInt64(6),
        ReadyAt = row.GetInt64(7),
        DueAt = row.GetInt64(8),
        ExpiresAt = row.GetInt64(9),
        Attempt = row.GetInt32(10),
        Yields = row.GetInt32(11),
        Fails = row.GetInt32(12),
        Options = row.IsDBNull(13) ? JobOptions.Default : OptionsCache.Decode(row.GetFieldValue<byte[]>(13)),
        Checkpoints = Bytes(row, 14),
        Progress = Bytes(row, 15),
        Attempts = Bytes(row, 16),
        Args = Bytes(row, 17),
    };

    public static StoredJob Stored(NpgsqlDataReader row)
    {
        var job = Job(row);
        return new StoredJob(job, row.IsDBNull(19) ? null : Outcome(row, job));
    }

    public static LaneRecord Lane(NpgsqlDataReader row) => LaneCache.Read(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetDouble(5), row.GetInt64(6), Text(row, 7), row.GetInt32(8), Text(row, 9));

    public static NamespaceRecord Namespace(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetString(1), Text(row, 2), row.GetInt64(3), row.GetInt64(4));

    public static ResourceChange Resource(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2));

    public static KnownId Known(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetInt64(1), (JobState)row.GetInt16(2));

    public static KnownLock Lock(NpgsqlDataReader row) =>
        new(new UniqueLock(row.GetString(0), row.GetInt64(1), row.GetGuid(2), row.GetInt64(3)), row.IsDBNull(4) ? null : (JobState)row.GetInt16(4));

    public static byte[]? Bytes(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    public static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static JobOutcome Outcome(NpgsqlDataReader row, Job job) => new()
    {
        Seq = job.Seq,
        State = job.State,
        Attempt = job.Attempt,
        Yields = job.Yields,
        Fails = job.Fails,
        StartedAt = row.GetInt64(18),
        FinishedAt = row.GetInt64(19),
        Worker = Text(row, 20),
        Result = Bytes(row, 21),
        Error = JobErrorCodec.Decode(Bytes(row, 22)),
        Attempts = job.Attempts,
    };
}
