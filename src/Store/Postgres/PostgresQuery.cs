using System.Text.Json;
using Npgsql;
using static Worcr.Store.Postgres.PostgresDatabase;
using static Worcr.Store.Postgres.PostgresValue;

namespace Worcr.Store.Postgres;

/// <summary>The statements of a query: the page, and the window that bounds what a filtered page reads.</summary>
internal sealed class PostgresQuery
{
    private readonly JobQuery _query;
    private readonly bool _live;
    private readonly bool _finished;
    private long _after;
    private long _before;

    public PostgresQuery(JobQuery query)
    {
        _query = query;
        _live = query.ErrorCode is null && (query.States?.Any(s => !s.IsFinal()) ?? true);
        _finished = query.States?.Any(s => s.IsFinal()) ?? true;
        var ns = query.Ownership;
        _after = Math.Max(ns.FirstId - 1, query.Ascending ? query.Cursor ?? 0 : 0);
        _before = Math.Min(ns.EndId, query.Ascending ? ns.EndId : query.Cursor ?? ns.EndId);
    }

    /// <summary>Whether a page may read more rows than it gives.</summary>
    public bool IsFiltered => _query.States is not null || _query.Types is not null || _query.Tenants is not null || _query.Queues is not null || _query.Tags is not null
        || _query.ErrorCode is not null;

    public NpgsqlBatchCommand Window(int rows) =>
        StatementOf(InOrder("query_window"), Of(_after), Of(EndOf(_live)), Of(_after), Of(EndOf(_finished)), Of(rows));

    /// <summary>Reads only up to this row (inclusive).</summary>
    public void EndAt(long seq)
    {
        if (_query.Ascending) _before = seq + 1;
        else _after = seq - 1;
    }

    public NpgsqlBatchCommand Page()
    {
        var ns = _query.Ownership;
        var tags = _query.Tags is null ? null : JsonSerializer.Serialize(_query.Tags);
        return StatementOf(
            InOrder("query_page"), Of(!_query.WithoutArgs), Of(_after), Of(EndOf(_live)), Of(_after), Of(EndOf(_finished)),
            Of(_query.States?.Select(s => (short)s).ToArray()), Of(_query.Types?.ToArray()), Of(_query.Tenants?.ToArray()), Of(_query.Queues?.ToArray()), Json(tags),
            Of(_query.Limit), Of(ns.FirstId), Of(ns.EndId), Of(_query.ErrorCode is null ? null : JobErrorCodec.Prefix(_query.ErrorCode)));
    }

    // A part that is not wanted has an empty range.
    private long EndOf(bool wanted) => wanted ? _before : _after;

    private string InOrder(string statement) => Sql[statement].Replace("{order}", _query.Ascending ? "asc" : "desc", StringComparison.Ordinal);
}
