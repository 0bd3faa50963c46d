namespace Worcr.Testing.Model;

/// <summary>The reading verbs of the model.</summary>
internal static class ModelReads
{
    public static NamespaceState Load(ModelDatabase database, Ownership ns)
    {
        database.Fence(ns);
        var rows = database.Journal.Where(r => r.Key.NamespaceId == ns.NamespaceId).ToList();
        var counts = database.Strands.Where(s => In(ns, s.Key.LaneId)).ToDictionary();
        foreach (var delta in rows.SelectMany(r => r.Value.Strands))
            counts[(delta.LaneId, delta.Priority)] = counts.GetValueOrDefault((delta.LaneId, delta.Priority)) + delta.Delta;
        var newest = rows.SelectMany(r => r.Value.Leases).GroupBy(l => l.Seq).Select(g => g.OrderBy(l => l.Attempt).Last()); // of one attempt the last word holds
        OpenLease[] open = [.. newest.Where(l => database.Live.TryGetValue(l.Seq, out var job) && job.Attempt < l.Attempt)
            .Select(l => new OpenLease(l, ModelJob.Copy(database.Live[l.Seq], null))).OrderBy(l => l.Lease.Seq)];
        StrandCount[] strands = [.. counts.Where(c => c.Value != 0).Select(c => new StrandCount(c.Key.LaneId, c.Key.Priority, c.Value)).OrderBy(s => s.LaneId).ThenBy(s => s.Priority)];
        var retired = database.Retired.GetValueOrDefault(ns.NamespaceId);
        return new NamespaceState
        {
            LastSeq = Jobs(database, ns).Select(j => j.Job.Seq).Append(retired.Seq).Append(ns.FirstId - 1).Max(),
            LastLaneId = database.Lanes.Keys.Where(l => In(ns, l)).Append(retired.LaneId).Append(ns.FirstId - 1).Max(),
            LastFlush = rows.Select(r => r.Key.Number).Append(0).Max(),
            Lanes = [.. strands.Select(s => s.LaneId).Concat(open.Select(l => l.Job.LaneId)).Where(l => l != WaitingStrand.LaneIdOf(ns)).Distinct().Order().Select(l => database.Lanes[l])],
            Strands = strands,
            EmptiedStrands = [.. counts.Where(c => c.Value == 0).Select(c => new StrandCount(c.Key.LaneId, c.Key.Priority, 0)).OrderBy(s => s.LaneId).ThenBy(s => s.Priority)],
            OpenLeases = open,
            LimitStates = database.Limits.GetValueOrDefault(ns.NamespaceId, []),
            Permits = [.. rows.SelectMany(r => r.Value.Permits).Where(p => p.Seq == 0 || open.Any(l => l.Lease.Seq == p.Seq && l.Lease.Attempt == p.Attempt))],
            Resources = [.. database.Resources.Where(r => r.Key.NamespaceId == ns.NamespaceId).Select(r => r.Value)
                .OrderBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Name, StringComparer.Ordinal)],
        };
    }

    public static IReadOnlyList<IReadOnlyList<Job>> Ready(ModelDatabase database, ReadReady request) =>
    [
        .. request.Ranges.Select(range => database.Live.Values
            .Where(j => j.LaneId == range.LaneId && j.Priority == range.Priority && j.DueAt == 0 && j.Seq > range.AfterSeq && j.Seq < range.BeforeSeq)
            .Take(range.Limit).Select(j => ModelJob.Inline(j, request.MaxInlineArgs)).ToArray()),
    ];

    public static IReadOnlyList<Job> Alarms(ModelDatabase database, ReadAlarms request) =>
    [
        .. database.Live.Values.Where(j => In(request.Ownership, j.Seq) && j.AlarmAt > 0 && j.AlarmAt <= request.Until)
            .OrderBy(j => j.AlarmAt).ThenBy(j => j.Seq).Take(request.Limit).Select(j => ModelJob.Inline(j, request.MaxInlineArgs)),
    ];

    public static ResolveReply Resolve(ModelDatabase database, Resolve request)
    {
        var ids = request.Ids.Distinct().Select(id => Newest(database, request.Ownership, id)).OfType<StoredJob>();
        var locks = request.Keys.Distinct(StringComparer.Ordinal)
            .Select(key => database.Locks.GetValueOrDefault((request.Ownership.NamespaceId, key)))
            .OfType<UniqueLock>().Where(l => l.ExpiresAt == 0 || l.ExpiresAt > request.Now)
            .Select(l => new KnownLock(l, Jobs(database, request.Ownership).FirstOrDefault(j => j.Job.Seq == l.Seq)?.Job.State));
        return new ResolveReply([.. ids.Select(j => new KnownId(j.Job.Id, j.Job.Seq, j.Job.State)).OrderBy(k => k.Seq)], [.. locks]);
    }

    public static StoredJob? Find(ModelDatabase database, FindJob request) =>
        Newest(database, request.Ownership, request.Id) is { } found ? found with { Job = ModelJob.Copy(found.Job, found.Job.Args) } : null;

    public static JobQueryReply Query(ModelDatabase database, JobQuery query)
    {
        var all = Jobs(database, query.Ownership);
        var ordered = query.Ascending ? all.OrderBy(j => j.Job.Seq) : all.OrderByDescending(j => j.Job.Seq);
        StoredJob[] page = [.. ordered.Where(j => Matches(query, j.Job) && (query.ErrorCode is not { } code || j.Outcome?.Error?.Code == code)).Take(query.Limit)
            .Select(j => j with { Job = ModelJob.Copy(j.Job, query.WithoutArgs ? null : j.Job.Args) })];
        return new JobQueryReply(page, page.Length == query.Limit ? page[^1].Job.Seq : null);
    }

    private static bool Matches(JobQuery query, Job job) =>
        (query.Cursor is not { } cursor || (query.Ascending ? job.Seq > cursor : job.Seq < cursor))
        && (query.States?.Contains(job.State) ?? true)
        && (query.Types?.Contains(job.Shape.Type) ?? true)
        && (query.Tenants?.Contains(job.Shape.Tenant) ?? true)
        && (query.Queues?.Contains(job.Shape.Queue) ?? true)
        && (query.Tags?.All(job.Shape.Tags.Contains) ?? true);

    private static StoredJob? Newest(ModelDatabase database, Ownership ns, Guid id) =>
        Jobs(database, ns).Where(j => j.Job.Id == id).OrderBy(j => j.Job.HasClientId).ThenBy(j => j.Outcome is not null).ThenByDescending(j => j.Job.Seq).FirstOrDefault();

    private static IEnumerable<StoredJob> Jobs(ModelDatabase database, Ownership ns) =>
        database.Live.Values.Select(j => new StoredJob(j, null)).Concat(database.History).Where(j => In(ns, j.Job.Seq));

    private static bool In(Ownership ns, long id) => id >= ns.FirstId && id < ns.EndId;
}
