using Worcr.SiloHost.Commands.Bench.Http;
using Worcr.Store;

namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>Makes the flushes of jobs that are inserted, leased two flushes later, and done two after that.</summary>
public sealed class StoreLives(Ownership ownership, byte[] args, long now)
{
    private const int Distance = 2; // no two flushes under way touch the same job

    private readonly List<LaneRecord> _lanes = [];
    private readonly Queue<List<Job>> _inserted = new();
    private readonly Queue<List<Job>> _leased = new();
    private long _seq = ownership.FirstId;
    private long _number;

    /// <summary>The next flush.</summary>
    public Flush Next(int batch, int tenants)
    {
        lock (_lanes)
        {
            var flush = new Flush { Ownership = ownership, Number = ++_number, Now = now };
            if (_lanes.Count == 0) AddLanes(flush, tenants);
            Insert(flush, batch);
            if (_inserted.Count > Distance) Lease(flush, _inserted.Dequeue());
            if (_leased.Count > Distance) Finish(flush, _leased.Dequeue());
            return flush;
        }
    }

    private void AddLanes(Flush flush, int tenants)
    {
        for (var i = 0; i < tenants; i++)
        {
            var shape = new LaneShape(BenchRequests.Type, $"t{i}", "default", [], 1, 0, null);
            _lanes.Add(new LaneRecord(ownership.FirstId + i, shape, (int)(now / 86_400_000)));
        }

        flush.Lanes.AddRange(_lanes);
    }

    private void Insert(Flush flush, int batch)
    {
        for (var i = 0; i < batch; i++)
        {
            var lane = _lanes[i % _lanes.Count];
            flush.Inserts.Add(new Job
            {
                Seq = ++_seq,
                Id = JobId.Create(now, _seq, i),
                LaneId = lane.LaneId,
                Shape = lane.Shape,
                CreatedAt = now,
                ReadyAt = now,
                Args = args,
                State = JobState.Ready,
            });
        }

        Count(flush, flush.Inserts, 1);
        _inserted.Enqueue(flush.Inserts);
    }

    private void Lease(Flush flush, List<Job> jobs)
    {
        foreach (var job in jobs) flush.Leases.Add(new LeaseEntry(job.Seq, 1, (uint)job.Seq, now, now + 60_000, "bench"));
        _leased.Enqueue(jobs);
    }

    private void Finish(Flush flush, List<Job> jobs)
    {
        foreach (var job in jobs)
        {
            flush.Outcomes.Add(new JobOutcome
            {
                Seq = job.Seq,
                State = JobState.Succeeded,
                Attempt = 1,
                Yields = 0,
                Fails = 0,
                StartedAt = now,
                FinishedAt = now,
                Worker = "bench",
            });
        }

        Count(flush, jobs, -1);
    }

    private static void Count(Flush flush, List<Job> jobs, int sign) =>
        flush.Strands.AddRange(jobs.GroupBy(job => job.LaneId).Select(lane => new StrandDelta(lane.Key, 0, sign * lane.Count())));
}
