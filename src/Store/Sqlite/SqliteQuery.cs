using System.Text.Json;

namespace Worcr.Store.Sqlite;

/// <summary>A page over the live jobs and the tables of all days, merged by sequence number. What a filtered page reads is bounded, a share for each table.</summary>
internal sealed class SqliteQuery(SqliteDatabase database, JobQuery query)
{
    private const int RowsAPage = 50_000;
    private const string Live = "job";
    private readonly string _order = query.Ascending ? "asc" : "desc";
    private long _after = Math.Max(query.Ownership.FirstId - 1, query.Ascending ? query.Cursor ?? 0 : 0);
    private long _before = Math.Min(query.Ownership.EndId, query.Ascending ? query.Ownership.EndId : query.Cursor ?? query.Ownership.EndId);

    public JobQueryReply Run()
    {
        var tables = Tables();
        var end = IsFiltered ? Window(tables) : null;
        if (end is { } seq && query.Ascending) _before = seq + 1;
        if (end is { } last && !query.Ascending) _after = last - 1;
        var rows = tables.SelectMany(Page);
        StoredJob[] jobs = [.. (query.Ascending ? rows.OrderBy(j => j.Job.Seq) : rows.OrderByDescending(j => j.Job.Seq)).Take(query.Limit)];
        return new JobQueryReply(jobs, jobs.Length == query.Limit ? jobs[^1].Job.Seq : end);
    }

    private bool IsFiltered => query.States is not null || query.Types is not null || query.Tenants is not null || query.Queues is not null || query.Tags is not null
        || query.ErrorCode is not null;

    private List<string> Tables()
    {
        var tables = new List<string>();
        if (query.ErrorCode is null && (query.States?.Any(s => !s.IsFinal()) ?? true)) tables.Add(Live);
        if (query.States?.Any(s => s.IsFinal()) ?? true) tables.AddRange(SqliteDays.Of(database, SqliteDays.Finished).Select(day => $"{SqliteDays.Finished}_{day}"));
        return tables;
    }

    // Nearest of the rows at which the tables' shares end: every table has been read up to there.
    private long? Window(List<string> tables)
    {
        long? end = null;
        foreach (var table in tables)
        {
            var window = database.Prepared(In("query_window", table)).Bind(_after).Bind(_before).Bind(Math.Max(RowsAPage / tables.Count, 1_000) - 1);
            foreach (var seq in SqliteDatabase.Rows(window, row => row.Long(0)))
                end = end is { } other ? query.Ascending ? Math.Min(seq, other) : Math.Max(seq, other) : seq;
        }

        return end;
    }

    private List<StoredJob> Page(string table)
    {
        var page = database.Prepared(In(table == Live ? "query_page" : "query_page_finished", table))
            .Bind(!query.WithoutArgs).Bind(_after).Bind(_before).Bind(Json(query.States?.Select(s => (int)s))).Bind(Json(query.Types)).Bind(Json(query.Tenants))
            .Bind(Json(query.Queues)).Bind(Json(query.Tags)).Bind(query.Limit).Bind(query.Ownership.FirstId).Bind(query.Ownership.EndId);
        if (table != Live) page.Bind(query.ErrorCode is null ? null : JobErrorCodec.Prefix(query.ErrorCode));
        return SqliteDatabase.Rows(page, SqliteRows.Stored);
    }

    private string In(string statement, string table) =>
        SqliteDatabase.Sql[statement].Replace("{table}", table, StringComparison.Ordinal).Replace("{order}", _order, StringComparison.Ordinal);

    private static string? Json<T>(IEnumerable<T>? values) => values is null ? null : JsonSerializer.Serialize(values);
}
