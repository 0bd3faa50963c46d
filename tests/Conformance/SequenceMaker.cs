namespace Worcr.Conformance;

/// <summary>Makes valid flushes from a seed: what a dispatcher might send, in every mixture. Remembers what it has stored and leased.</summary>
internal sealed class SequenceMaker(int seed, StoreWorld world)
{
    private readonly Random _random = new(seed);
    private readonly List<LaneRecord> _lanes = [];
    private readonly Dictionary<long, Job> _live = [];
    private readonly Dictionary<long, Job> _finished = [];
    private readonly Dictionary<long, LeaseEntry> _leases = [];
    private readonly Dictionary<(long LaneId, int Priority), long> _counts = [];
    private readonly List<PermitUse> _held = [];
    private readonly HashSet<long> _busy = [];

    /// <summary>One or two flushes that may be under way together: no job is in both.</summary>
    public List<Flush> Next()
    {
        world.Now += _random.Next(1, 20_000_000);
        _busy.Clear();
        if (_random.Next(6) == 0) return [Fold()];
        return _random.Next(2) == 0 ? [Make()] : [Make(), Make()];
    }

    private Flush Make()
    {
        var flush = world.NewFlush();
        if (_lanes.Count < 3 || _random.Next(8) == 0) AddLane(flush);
        for (var i = _random.Next(6); i > 0; i--) Insert(flush);
        foreach (var job in Take(3)) Lease(flush, job);
        foreach (var job in Take(2)) Retry(flush, job);
        foreach (var job in Take(2)) flush.Notes.Add(new JobNotes(job.Seq, Bytes(), _random.Next(2) == 0 ? Bytes() : null));
        foreach (var job in Take(2)) Finish(flush, job);
        if (_random.Next(4) == 0) Revive(flush);
        Locks(flush);
        for (var i = _random.Next(4); i > 0; i--) flush.Permits.Add(new PermitUse($"rate{_random.Next(2)}", Key(), _random.Next(1, 9), world.Now + i));
        if (_random.Next(3) == 0) flush.Resources.Add(new ResourceChange("rule", $"r{_random.Next(4)}", _random.Next(3) == 0 ? null : Bytes() ?? []));
        return flush;
    }

    private Flush Fold()
    {
        var counts = _counts.Select(c => new StrandCount(c.Key.LaneId, c.Key.Priority, c.Value)).ToList();
        LeaseEntry[] open = [.. _leases.Values.Where(l => _live.TryGetValue(l.Seq, out var job) && job.Attempt < l.Attempt)];
        PermitUse[] held = [.. _held.Where(p => open.Any(l => l.Seq == p.Seq && l.Attempt == p.Attempt))];
        LimitState[] limits = [.. Enumerable.Range(0, _random.Next(6)).Select(i => new LimitState($"rate{i % 2}", $"{i}{Key()}", Bytes() ?? []))];
        foreach (var empty in _counts.Where(c => c.Value == 0).Select(c => c.Key).ToList()) _counts.Remove(empty);
        var flush = Make();
        flush.Fold = new JournalFold(flush.Number, open, counts) { Limits = limits, Held = held };
        return flush;
    }

    private void AddLane(Flush flush)
    {
        string[] tags = _random.Next(2) == 0 ? [] : ["eu", $"z{_random.Next(3)}"];
        ArgValue[] args = _random.Next(2) == 0 ? [] : [new("shop.id", Key()), new("shop.name", null)];
        var lane = world.NewLane($"type{_random.Next(3)}", $"t{_random.Next(3)}", "default", tags, _random.Next(3) == 0 ? "key" : null, args);
        _lanes.Add(lane);
        flush.Lanes.Add(lane);
    }

    // A lane may be new in the other flush under way: its record goes along.
    private LaneRecord Lane(Flush flush)
    {
        var lane = _lanes[_random.Next(_lanes.Count)];
        flush.Lanes.Add(lane);
        return lane;
    }

    private void Insert(Flush flush)
    {
        Guid? id = _random.Next(4) == 0 ? new Guid(_random.Next(), 1, 2, new byte[8]) : null;
        var due = _random.Next(4) == 0 ? world.Now + _random.Next(1_000) : 0;
        var options = _random.Next(3) == 0 ? new JobOptions { TimeoutMs = _random.Next(5), Meta = "{}"u8.ToArray() } : null;
        var job = world.NewJob(Lane(flush), _random.Next(3) - 1, id, due, _random.Next(4) == 0 ? world.Now + _random.Next(2_000) : 0, Bytes(), options);
        flush.Inserts.Add(job);
        Added(flush, job, 1);
        _live.Add(job.Seq, job);
        _busy.Add(job.Seq);
    }

    private void Lease(Flush flush, Job job)
    {
        if (job.DueAt != 0) return;
        var lease = world.Lease(job, Math.Max(job.Attempt, _leases.GetValueOrDefault(job.Seq).Attempt) + 1, $"w{_random.Next(3)}");
        flush.Leases.Add(lease);
        _leases[job.Seq] = lease;
        var taken = _random.Next(3);
        if (taken > 0) Hold(flush, new PermitUse("slots", Key(), taken, world.Now, lease.Seq, lease.Attempt));
    }

    // Sometimes one of two permits is given back at once.
    private void Hold(Flush flush, PermitUse taken)
    {
        List<PermitUse> uses = taken.Count == 2 ? [taken, taken with { Count = -1, At = taken.At + 1 }] : [taken];
        flush.Permits.AddRange(uses);
        _held.AddRange(uses);
    }

    private void Retry(Flush flush, Job job)
    {
        Added(flush, job, -1);
        var lane = Lane(flush);
        (job.LaneId, job.Shape) = (lane.LaneId, lane.Shape);
        job.Attempt = Math.Max(job.Attempt, _leases.GetValueOrDefault(job.Seq).Attempt);
        (job.Fails, job.Yields) = (_random.Next(3), _random.Next(3));
        job.DueAt = _random.Next(2) == 0 ? world.Now + _random.Next(1_000) : 0;
        job.State = job.DueAt == 0 ? JobState.Ready : JobState.Retry;
        job.ReadyAt = world.Now;
        (job.Attempts, job.Checkpoints, job.Progress) = (Bytes(), Bytes(), Bytes());
        Added(flush, job, 1);
        flush.Updates.Add(job);
    }

    private void Finish(Flush flush, Job job)
    {
        Added(flush, job, -1);
        var state = (JobState)_random.Next((int)JobState.Succeeded, (int)JobState.Discarded + 1);
        flush.Outcomes.Add(world.Outcome(job, state, state == JobState.Dead ? new JobError("c", "m") : null, Bytes()));
        _live.Remove(job.Seq);
        _finished[job.Seq] = job;
    }

    private void Revive(Flush flush)
    {
        if (_finished.Values.FirstOrDefault(j => !_busy.Contains(j.Seq)) is not { } job) return;
        _finished.Remove(job.Seq);
        (job.State, job.DueAt, job.Attempt) = (JobState.Ready, 0, Math.Max(job.Attempt, _leases.GetValueOrDefault(job.Seq).Attempt));
        flush.Revivals.Add(job.Seq);
        flush.Inserts.Add(job);
        Added(flush, job, 1);
        _live.Add(job.Seq, job);
        _busy.Add(job.Seq);
    }

    private void Locks(Flush flush)
    {
        foreach (var job in flush.Inserts.Where(_ => _random.Next(3) == 0))
            flush.LocksTaken.Add(new UniqueLock($"k{_random.Next(5)}", job.Seq, job.Id, _random.Next(2) == 0 ? 0 : world.Now + 100));
        foreach (var outcome in flush.Outcomes) flush.LocksReleased.Add(new UniqueRelease($"k{_random.Next(5)}", outcome.Seq));
    }

    private void Added(Flush flush, Job job, int delta)
    {
        var (laneId, priority) = job.DueAt == 0 ? (job.LaneId, job.Priority) : (WaitingStrand.LaneIdOf(world.Owner), WaitingStrand.PriorityOf(job.State));
        flush.Strands.Add(new StrandDelta(laneId, priority, delta));
        _counts[(laneId, priority)] = _counts.GetValueOrDefault((laneId, priority)) + delta;
    }

    // The newest jobs and the oldest, none twice.
    private List<Job> Take(int most)
    {
        var taken = new List<Job>();
        for (var i = _random.Next(most + 1); i > 0; i--)
        {
            var free = _live.Values.Where(j => !_busy.Contains(j.Seq)).ToList();
            if (free.Count == 0) break;
            var job = free[_random.Next(free.Count)];
            _busy.Add(job.Seq);
            taken.Add(job);
        }

        return taken;
    }

    private string Key() => _random.Next(4) switch { 0 => "", 1 => "a\0\u00e9", var n => $"key{n}" };

    private byte[]? Bytes()
    {
        var length = _random.Next(5) switch { 0 => -1, 1 => 0, 2 => 3_000, _ => _random.Next(1, 120) };
        if (length < 0) return null;
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
