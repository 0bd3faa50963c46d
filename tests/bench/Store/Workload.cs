using System.Diagnostics;

namespace Worcr.StoreBench;

/// <summary>Drives one store the way a dispatcher does: each flush inserts a batch, leases the one before and finishes the one before that.</summary>
internal sealed class Workload(IJobStore store, Ownership owner)
{
    private const int Lanes = 100;
    private static readonly byte[] Args = new byte[200];
    private readonly LaneRecord[] _lanes = [.. Enumerable.Range(1, Lanes).Select(i => new LaneRecord(owner.FirstId + i, new LaneShape("noop", $"t{i}", "default", [], 1, 0, null), 0))];
    private long _seq = owner.FirstId;
    private long _flush;

    public async Task PrepareAsync()
    {
        Random.Shared.NextBytes(Args);
        var flush = NewFlush();
        flush.Lanes.AddRange(_lanes);
        await store.CommitAsync(flush, default);
    }

    /// <summary>Inserts only.</summary>
    public async Task<double> InsertsAsync(int batch, TimeSpan time)
    {
        var (watch, rows) = (Stopwatch.StartNew(), 0L);
        for (; watch.Elapsed < time; rows += batch)
        {
            var flush = NewFlush();
            Insert(flush, batch);
            await store.CommitAsync(flush, default);
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Whole lives.</summary>
    public async Task<double> LivesAsync(int batch, int inFlight, TimeSpan warm, TimeSpan time)
    {
        var (watch, done, from, began) = (Stopwatch.StartNew(), 0L, 0L, TimeSpan.Zero);
        async Task LineAsync()
        {
            List<Job> ready = [], running = [];
            while (watch.Elapsed < warm + time)
            {
                var flush = NewFlush();
                var inserted = Insert(flush, batch);
                Lease(flush, ready);
                Finish(flush, running);
                await store.CommitAsync(flush, default);
                Interlocked.Add(ref done, running.Count);
                (running, ready) = (ready, inserted);
            }
        }

        var lines = Enumerable.Range(0, inFlight).Select(_ => Task.Run(LineAsync)).ToArray();
        await Task.Delay(warm);
        (from, began) = (Interlocked.Read(ref done), watch.Elapsed);
        await Task.Delay(time);
        var rate = (Interlocked.Read(ref done) - from) / (watch.Elapsed - began).TotalSeconds;
        await Task.WhenAll(lines);
        return rate;
    }

    /// <summary>Refills of 1,000 over one strand.</summary>
    public async Task<double> RefillsAsync(int limit, TimeSpan time)
    {
        var (watch, rows, after) = (Stopwatch.StartNew(), 0L, 0L);
        while (watch.Elapsed < time)
        {
            var jobs = (await store.ReadReadyAsync(new ReadReady([new ReadyRange(_lanes[0].LaneId, _lanes[0].Shape, 0, after, long.MaxValue, limit)], 4096), default))[0];
            rows += jobs.Count;
            after = jobs.Count < limit ? 0 : jobs[^1].Seq;
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private Flush NewFlush() => new() { Ownership = owner, Number = Interlocked.Increment(ref _flush), Now = Now };

    private List<Job> Insert(Flush flush, int count)
    {
        var (last, now) = (Interlocked.Add(ref _seq, count), Now);
        for (var seq = last - count + 1; seq <= last; seq++)
        {
            var lane = _lanes[seq % Lanes];
            flush.Inserts.Add(new Job
            {
                Seq = seq,
                Id = JobId.Create(now, seq, 1),
                LaneId = lane.LaneId,
                Shape = lane.Shape,
                CreatedAt = now,
                ReadyAt = now,
                State = JobState.Ready,
                Args = Args,
            });
        }

        foreach (var lane in _lanes) flush.Strands.Add(new StrandDelta(lane.LaneId, 0, count / Lanes));
        return [.. flush.Inserts];
    }

    private static void Lease(Flush flush, List<Job> jobs)
    {
        foreach (var job in jobs) flush.Leases.Add(new LeaseEntry(job.Seq, 1, 0xFEEDBEEF, flush.Now, flush.Now + 60_000, "worker-17"));
    }

    private static void Finish(Flush flush, List<Job> jobs)
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
                StartedAt = flush.Now,
                FinishedAt = flush.Now,
                Worker = "worker-17",
            });
        }
    }
}
