using Npgsql;
using static Worcr.Store.Postgres.PostgresValue;

namespace Worcr.Store.Postgres;

/// <summary>The question for ready jobs: one statement over arrays, whatever the number of strands.</summary>
internal static class PostgresReady
{
    /// <summary>Where the number of the range stands in a row, after the columns of the job and its arguments.</summary>
    private const int NumberColumn = 18;

    public static NpgsqlBatchCommand Statement(ReadReady request) => PostgresDatabase.Statement(
        "read_ready",
        Of(Column(request, r => r.LaneId)),
        Of(Column(request, r => r.Priority)),
        Of(Column(request, r => r.AfterSeq)),
        Of(Column(request, r => r.BeforeSeq)),
        Of(Column(request, r => r.Limit)),
        Of(request.MaxInlineArgs));

    /// <summary>A job, and the number of the range that it was asked for in.</summary>
    public static (Job Job, int Range) Row(PostgresRow row) => (PostgresRows.Job(row), (int)row.Long(NumberColumn) - 1);

    private static T[] Column<T>(ReadReady request, Func<ReadyRange, T> value) => [.. request.Ranges.Select(value)];
}
