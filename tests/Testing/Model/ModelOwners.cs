namespace Worcr.Testing.Model;

/// <summary>Ownership and retention of the model.</summary>
internal static class ModelOwners
{
    public static OwnershipReply Acquire(ModelDatabase database, AcquireOwnership request)
    {
        if (!database.Namespaces.TryGetValue(request.Name, out var ns))
            ns = new NamespaceRecord(database.Namespaces.Count + 1, request.Name, null, 0, 0);
        if (request.Held is { } held)
        {
            if (ns.Owner != held.Silo || ns.Epoch != held.Epoch) return new OwnershipReply(null, ns.Owner ?? "");
            database.Namespaces[request.Name] = ns with { LeaseUntil = request.Now + request.LeaseMs };
            return new OwnershipReply(held, held.Silo);
        }

        var free = ns.Owner is null || ns.Owner == request.Silo || ns.LeaseUntil <= request.Now || request.Takeover;
        if (free) ns = ns with { Owner = request.Silo, Epoch = ns.Epoch + 1, LeaseUntil = request.Now + request.LeaseMs };
        database.Namespaces[request.Name] = ns;
        return new OwnershipReply(free ? new Ownership(ns.NamespaceId, ns.Name, request.Silo, ns.Epoch) : null, ns.Owner ?? "");
    }

    public static bool Release(ModelDatabase database, Ownership ownership)
    {
        var ns = database.Namespaces.GetValueOrDefault(ownership.Name);
        if (ns is null || ns.Owner != ownership.Silo || ns.Epoch != ownership.Epoch) return false;
        database.Namespaces[ownership.Name] = ns with { Owner = null, LeaseUntil = 0 };
        return true;
    }

    public static RetireReport Retire(ModelDatabase database, Retire request)
    {
        var days = database.Finished.Keys.Where(d => d < request.BeforeDay).ToList();
        var logs = database.Logs.Keys.Where(d => d < request.BeforeDay).ToList();
        foreach (var seq in days.SelectMany(d => database.Finished[d].Keys)) Remember(database, seq, 0);
        foreach (var lane in database.Lanes.Keys) Remember(database, 0, lane);
        days.ForEach(d => database.Finished.Remove(d));
        logs.ForEach(d => database.Logs.Remove(d));
        var locks = database.Locks.Where(l => l.Value.ExpiresAt > 0 && l.Value.ExpiresAt <= request.Now).Select(l => l.Key).ToList();
        locks.ForEach(l => database.Locks.Remove(l));
        var used = database.Live.Values.Concat(database.History.Select(h => h.Job)).Select(j => j.LaneId).Concat(database.Strands.Keys.Select(s => s.LaneId)).ToHashSet();
        var lanes = database.Lanes.Values.Where(l => l.CreatedDay < request.BeforeDay && !used.Contains(l.LaneId)).Select(l => l.LaneId).ToList();
        lanes.ForEach(l => database.Lanes.Remove(l));
        return new RetireReport(days.Count + logs.Count, locks.Count, lanes.Count);
    }

    public static int Prune(ModelDatabase database, Prune request)
    {
        var ns = request.Ownership;
        var own = database.History.Where(h => h.Job.Seq >= ns.FirstId && h.Job.Seq < ns.EndId).ToList();
        var dead = own.Where(h => h.Job.State == JobState.Dead).OrderByDescending(h => h.Outcome!.FinishedAt).ThenByDescending(h => h.Job.Seq).ToList();
        var gone = own.Where(h => ModelDatabase.DayOf(h.Outcome!.FinishedAt) < request.BeforeDay)
            .Concat(dead.Skip(request.MaxDead))
            .Concat(dead.Where(h => h.Outcome!.FinishedAt < request.DeadBefore))
            .Select(h => h.Job.Seq).Distinct().Take(request.Limit).ToList();
        foreach (var seq in gone)
        {
            Remember(database, seq, 0);
            foreach (var day in database.Finished.Values) day.Remove(seq);
        }

        return gone.Count;
    }

    private static void Remember(ModelDatabase database, long seq, long lane)
    {
        var ns = (int)(Math.Max(seq, lane) >> Ownership.LocalBits);
        var known = database.Retired.GetValueOrDefault(ns);
        database.Retired[ns] = (Math.Max(known.Seq, seq), Math.Max(known.LaneId, lane));
    }
}
