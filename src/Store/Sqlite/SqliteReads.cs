using Worcr.Store.Image;
using Worcr.Store.Journal;

namespace Worcr.Store.Sqlite;

/// <summary>The reading verbs, each on one connection in one transaction.</summary>
internal static class SqliteReads
{
    private const int LanesAStatement = 1_000;

    public static NamespaceState Load(SqliteDatabase database, Ownership ns, LaneCache lanes)
    {
        SqliteFlush.Fence(database, ns);
        var sum = new JournalSum();
        SqliteDatabase.Rows(database["load_strands"].Bind(ns.FirstId).Bind(ns.EndId), r => new StrandCount(r.Long(0), r.Int(1), r.Long(2)))
            .ForEach(s => sum.AddCount(s.LaneId, s.Priority, s.Count));
        var journal = database["load_journal"].Bind(ns.NamespaceId);
        while (journal.Step()) sum.AddRow(journal.Long(0), journal.Blob(1), journal.Blob(2), journal.Blob(3));
        var last = SqliteDatabase.Rows(database["load_last"].Bind(ns.NamespaceId).Bind(ns.FirstId).Bind(ns.EndId), r => (Seq: r.Long(0), Lane: r.Long(1)))[0];
        var lastSeq = SqliteDays.Of(database, SqliteDays.Finished)
            .Select(day => SqliteDatabase.Rows(database["load_last_finished", day].Bind(ns.FirstId).Bind(ns.EndId), r => r.Long(0))[0])
            .Append(last.Seq).Max();
        var open = sum.Open(Jobs(database, "read_leased", sum.Leases.Keys));
        var records = Lanes(database, sum.LaneIds(open));
        lanes.Complete(open.Select(l => l.Job), JournalSum.LanesOf(open, records));
        return sum.With(lastSeq, last.Lane, open, records, SqliteDatabase.Rows(database["load_resources"].Bind(ns.NamespaceId), SqliteRows.Resource));
    }

    public static List<Job> Jobs(SqliteDatabase database, string statement, IEnumerable<long> seqs) =>
        [.. seqs.Order().Distinct().SelectMany(seq => SqliteDatabase.Rows(database[statement].Bind(seq), SqliteRows.Job))];

    public static IReadOnlyList<IReadOnlyList<Job>> Ready(SqliteDatabase database, ReadReady request)
    {
        var found = new List<Job>[request.Ranges.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var range = request.Ranges[i];
            found[i] = SqliteDatabase.Rows(
                database["read_ready"].Bind(range.LaneId).Bind(range.Priority).Bind(range.AfterSeq).Bind(range.BeforeSeq).Bind(range.Limit).Bind(request.MaxInlineArgs),
                SqliteRows.Job);
            foreach (var job in found[i]) job.Shape = range.Shape;
        }

        return found;
    }

    public static List<LaneRecord> Lanes(SqliteDatabase database, IEnumerable<long> ids)
    {
        var names = new NamePool();
        return [.. ids.Chunk(LanesAStatement).SelectMany(some =>
            SqliteDatabase.Rows(database["read_lanes"].Bind($"[{string.Join(',', some)}]"), row => SqliteRows.Lane(row, names)))];
    }

    public static ResolveReply Resolve(SqliteDatabase database, Resolve request)
    {
        var ns = request.Ownership;
        var days = SqliteDays.Of(database, SqliteDays.Finished);
        var ids = new List<KnownId>();
        foreach (var id in request.Ids)
        {
            var seq = JobId.TryGetSeq(id, out var carried) && carried >= ns.FirstId && carried < ns.EndId ? carried : 0;
            ids.AddRange(Known(database["resolve_ids"]));
            foreach (var day in days) ids.AddRange(Known(database["resolve_ids_finished", day]));

            List<KnownId> Known(SqliteStatement statement) =>
                SqliteDatabase.Rows(statement.Bind(id).Bind(seq).Bind(ns.FirstId).Bind(ns.EndId), SqliteRows.Known);
        }

        var locks = request.Keys.Distinct(StringComparer.Ordinal).SelectMany(key =>
            SqliteDatabase.Rows(database["resolve_keys"].Bind(ns.NamespaceId).Bind(key).Bind(request.Now), SqliteRows.Lock));
        return new ResolveReply(NewestId.OfEach(ids.Distinct()), [.. locks.Select(l => l.State is null ? l with { State = Finished(l.Lock.Seq) } : l)]);

        JobState? Finished(long seq) => days
            .SelectMany(day => SqliteDatabase.Rows(database["resolve_keys_finished", day].Bind(seq), r => (JobState?)r.Int(0))).FirstOrDefault();
    }

    public static StoredJob? Find(SqliteDatabase database, FindJob request)
    {
        var (ns, id) = (request.Ownership, request.Id);
        var days = SqliteDays.Of(database, SqliteDays.Finished);
        if (JobId.TryGetSeq(id, out var seq) && seq >= ns.FirstId && seq < ns.EndId && First(name => name.Bind(true).Bind(seq).Bind(id), "find_by_seq") is { } ours)
            return ours;
        return First(name => name.Bind(true).Bind(id).Bind(ns.FirstId).Bind(ns.EndId), "find_by_client_id");

        StoredJob? First(Func<SqliteStatement, SqliteStatement> bind, string name) =>
            days.Select(day => database[name + "_finished", day]).Prepend(database[name])
                .SelectMany(statement => SqliteDatabase.Rows(bind(statement), SqliteRows.Stored)).FirstOrDefault();
    }

    public static List<LogLine> Logs(SqliteDatabase database, ReadLogs request)
    {
        var (lines, skip) = (new List<LogLine>(), request.Skip);
        foreach (var day in SqliteDays.Of(database, SqliteDays.LogLine).Order())
        {
            if (lines.Count == request.Limit) break;
            var count = SqliteDatabase.Rows(database["count_logs", day].Bind(request.Seq), r => r.Int(0))[0];
            lines.AddRange(SqliteDatabase.Rows(
                database["read_logs", day].Bind(request.Seq).Bind(request.Limit - lines.Count).Bind(Math.Min(skip, count)),
                r => new LogLine(request.Seq, r.Int(0), r.Long(1), r.Text(2), LogColumns.Text(r.Blob(3)))));
            skip = Math.Max(0, skip - count);
        }

        return lines;
    }
}
