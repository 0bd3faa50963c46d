using System.Text;

namespace Worcr.Conformance;

public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task A_job_comes_back_as_it_was()
    {
        var world = await WorldAsync();
        var lane = world.NewLane("type.\u00e9\ud83d\ude00", "tenant 'quoted' \\ \"x\"", "queue", ["a,b", "eu", "\u4e2d"], "order-1");
        var options = new JobOptions
        {
            TimeoutMs = 5,
            ResultTtlMs = 6,
            Retry = new RetryPolicy { MaxAttempts = 3, MaxFails = 2, Backoff = Backoff.Linear, BaseMs = 7, CapMs = 8, Jitter = 0.123456789 },
            Unique = new UniquePolicy("k\u00e9y", UniqueUntil.Expired, 9, UniqueConflict.Replace),
            Meta = Encoding.UTF8.GetBytes("""{"trace":  "\u0000", "n": [1, 2]}"""),
        };
        var job = world.NewJob(lane, priority: -3, dueAt: world.Now + 10, expiresAt: world.Now + 20, options: options, args: [0, 1, 255, 0]);
        job.Checkpoints = "{}"u8.ToArray();
        job.Progress = [];
        await world.CommitAsync(world.Insert(lane, job));
        var found = (await world.FindAsync(job.Id)).ShouldNotBeNull();
        found.Outcome.ShouldBeNull();
        Described.Of(found.Job).ShouldBe(Described.Of(job));
        Described.Of((await Store.ReadJobsAsync([job.Seq, job.Seq + 1], Cancel)).Single()).ShouldBe(Described.Of(job));
    }

    [Fact]
    public async Task An_empty_flush_is_written()
    {
        var world = await WorldAsync();
        await world.CommitAsync(world.NewFlush());
        (await world.LoadAsync()).LastSeq.ShouldBe(world.Owner.FirstId - 1);
    }

    [Fact]
    public async Task Ten_thousand_jobs_fit_into_a_flush()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        Job[] jobs = [.. Enumerable.Range(0, 10_000).Select(_ => world.NewJob(lane))];
        await world.CommitAsync(world.Insert(lane, jobs));
        (await world.LoadAsync()).Strands.ShouldBe([new StrandCount(lane.LaneId, 0, 10_000)]);
        var finish = world.NewFlush();
        finish.Outcomes.AddRange(jobs.Select(j => world.Outcome(j)));
        finish.Strands.Add(new(lane.LaneId, 0, -10_000));
        await world.CommitAsync(finish);
        var state = await world.LoadAsync();
        state.Strands.ShouldBeEmpty();
        state.LastSeq.ShouldBe(jobs[^1].Seq);
    }

    [Fact]
    public async Task Text_that_a_store_cannot_keep_is_refused_before_anything_is_written()
    {
        var world = await WorldAsync();
        foreach (var bad in new[] { "a\0b", "a\ud800b" })
        {
            var lane = world.NewLane(tags: [bad]);
            var flush = world.Insert(lane, world.NewJob(lane));
            if (Home is ModelHome) continue;
            await Should.ThrowAsync<ArgumentException>(() => world.CommitAsync(flush));
        }

        if (Home is ModelHome) return;
        var (args, permits) = (world.NewFlush(), world.NewFlush());
        args.Lanes.Add(world.NewLane(args: [new("a", "\ud800")]));
        permits.Permits.Add(new PermitUse("rate", "\ud800", 1, world.Now));
        await Should.ThrowAsync<ArgumentException>(() => world.CommitAsync(args));
        await Should.ThrowAsync<ArgumentException>(() => world.CommitAsync(permits));
    }

    [Fact]
    public async Task A_flush_is_what_it_was_when_it_was_handed_over()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var job = world.NewJob(lane);
        var commit = world.CommitAsync(world.Insert(lane, job));
        job.Attempt = 7;
        await commit;
        (await world.FindAsync(job.Id)).ShouldNotBeNull().Job.Attempt.ShouldBe(0);
    }

    [Fact]
    public async Task Updates_write_every_mutable_column()
    {
        var world = await WorldAsync();
        var (from, to) = (world.NewLane(), world.NewLane("other"));
        var job = world.NewJob(from);
        var flush = world.Insert(from, job);
        flush.Lanes.Add(to);
        await world.CommitAsync(flush);
        (job.State, job.LaneId, job.Shape) = (JobState.Retry, to.LaneId, to.Shape);
        (job.ReadyAt, job.DueAt, job.ExpiresAt, job.Attempt, job.Yields, job.Fails) = (1, world.Now + 9, world.Now + 5, 2, 3, 4);
        (job.Checkpoints, job.Progress, job.Attempts) = ("{\"a\":1}"u8.ToArray(), "{\"p\":1}"u8.ToArray(), "[1]"u8.ToArray());
        var update = world.NewFlush();
        update.Updates.AddRange([job, job]);
        update.Strands.Add(new(from.LaneId, 0, -1));
        await world.CommitAsync(update);
        Described.Of((await world.FindAsync(job.Id))!.Job).ShouldBe(Described.Of(job));
        (await world.ReadyAsync(from)).ShouldBeEmpty();
        var alarms = await Store.ReadAlarmsAsync(new ReadAlarms(world.Owner, world.Now + 5, 10, 100), Cancel);
        alarms.Single().Seq.ShouldBe(job.Seq);
    }

    [Fact]
    public async Task Notes_leave_the_other_column_alone()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var job = world.NewJob(lane);
        await world.CommitAsync(world.Insert(lane, job));
        foreach (var note in new JobNotes[] { new(job.Seq, "{\"c\":1}"u8.ToArray(), null), new(job.Seq, null, "{\"p\":2}"u8.ToArray()) })
        {
            var flush = world.NewFlush();
            flush.Notes.Add(note);
            await world.CommitAsync(flush);
        }

        var found = (await world.FindAsync(job.Id))!.Job;
        Encoding.UTF8.GetString(found.Checkpoints!).ShouldBe("{\"c\":1}");
        Encoding.UTF8.GetString(found.Progress!).ShouldBe("{\"p\":2}");
    }

    [Fact]
    public async Task A_finished_job_moves_to_the_history()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var job = world.NewJob(lane, expiresAt: world.Now + 50);
        await world.CommitAsync(world.Insert(lane, job));
        var flush = world.NewFlush();
        var outcome = world.Outcome(job, JobState.Dead, new JobError("boom", "a\0\u00e9", 5, Final: true), result: "1"u8.ToArray());
        flush.Outcomes.Add(outcome);
        flush.Strands.Add(new(lane.LaneId, 0, -1));
        await world.CommitAsync(flush);
        var found = (await world.FindAsync(job.Id)).ShouldNotBeNull();
        found.Job.State.ShouldBe(JobState.Dead);
        Described.Of(found.Outcome).ShouldBe(Described.Of(outcome));
        (await Store.ReadJobsAsync([job.Seq], Cancel)).ShouldBeEmpty();
        (await Store.ReadAlarmsAsync(new ReadAlarms(world.Owner, long.MaxValue, 10, 0), Cancel)).ShouldBeEmpty();
        (await world.LoadAsync()).LastSeq.ShouldBe(job.Seq);
    }

    [Fact]
    public async Task A_job_can_begin_and_end_in_one_flush()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var job = world.NewJob(lane);
        var flush = world.Insert(lane, job);
        flush.Outcomes.Add(world.Outcome(job, JobState.Cancelled));
        flush.Strands.Clear();
        await world.CommitAsync(flush);
        (await world.FindAsync(job.Id))!.Outcome.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_revived_job_leaves_the_history()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var job = world.NewJob(lane, id: Guid.Parse("aaaaaaaa-2222-4333-8444-555555555555"));
        await world.CommitAsync(world.Insert(lane, job));
        var finish = world.NewFlush();
        finish.Outcomes.Add(world.Outcome(job, JobState.Dead));
        await world.CommitAsync(finish);
        var revive = world.NewFlush();
        revive.Revivals.Add(job.Seq);
        revive.Inserts.Add(job);
        await world.CommitAsync(revive);
        (await world.FindAsync(job.Id))!.Outcome.ShouldBeNull();
        (await world.QueryAsync(new JobQuery { Ownership = world.Owner, Limit = 10 })).ShouldBe([job.Seq]);
    }

    [Fact]
    public async Task A_job_that_leaves_the_history_without_living_again_is_forgotten_and_its_id_is_free()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var id = Guid.Parse("aaaaaaaa-2222-4333-8444-666666666666");
        var job = world.NewJob(lane, id: id);
        await world.CommitAsync(world.Insert(lane, job));
        var finish = world.NewFlush();
        finish.Outcomes.Add(world.Outcome(job, JobState.Succeeded));
        await world.CommitAsync(finish);
        var forget = world.NewFlush();
        forget.Revivals.Add(job.Seq);
        await world.CommitAsync(forget);
        (await world.FindAsync(id)).ShouldBeNull();
        var next = world.NewJob(lane, id: id);
        await world.CommitAsync(world.Insert(lane, next));
        (await world.FindAsync(id))!.Job.Seq.ShouldBe(next.Seq);
    }

    [Fact]
    public async Task Two_flushes_under_way_may_commit_in_either_order()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var first = world.Insert(lane, world.NewJob(lane));
        var second = world.Insert(lane, world.NewJob(lane));
        first.Resources.Add(new ResourceChange("rule", "r", "1"u8.ToArray()));
        second.Resources.Add(new ResourceChange("rule", "r", "2"u8.ToArray()));
        first.Resources.Add(new ResourceChange("rule", "gone", "1"u8.ToArray()));
        second.Resources.Add(new ResourceChange("rule", "gone", null));
        first.LocksTaken.Add(new UniqueLock("k", first.Inserts[0].Seq, first.Inserts[0].Id, 0));
        second.LocksTaken.Add(new UniqueLock("k", second.Inserts[0].Seq, second.Inserts[0].Id, 0));
        await world.CommitAsync(second);
        await world.CommitAsync(first);
        var state = await world.LoadAsync();
        state.Strands.ShouldBe([new StrandCount(lane.LaneId, 0, 2)]);
        state.Resources.Single().Body.ShouldBe("2"u8.ToArray());
        var reply = await Store.ResolveAsync(new Resolve(world.Owner, [], ["k"], world.Now), Cancel);
        reply.Locks.Single().Lock.Seq.ShouldBe(second.Inserts[0].Seq);
    }

    [Fact]
    public async Task Concurrent_flushes_and_reads_do_not_disturb_each_other()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        await world.CommitAsync(world.Insert(lane));
        var previous = Array.Empty<Job>();
        for (var round = 0; round < 20; round++)
        {
            Job[] jobs = [.. Enumerable.Range(0, 100).Select(_ => world.NewJob(lane))];
            var insert = world.Insert(lane, jobs);
            var finish = world.NewFlush();
            finish.Outcomes.AddRange(previous.Select(j => world.Outcome(j)));
            finish.Strands.Add(new(lane.LaneId, 0, -previous.Length));
            await Task.WhenAll(world.CommitAsync(insert), world.CommitAsync(finish), world.ReadyAsync(lane), world.QueryAsync(new JobQuery { Ownership = world.Owner, Limit = 50 }));
            previous = jobs;
        }

        (await world.LoadAsync()).Strands.ShouldBe([new StrandCount(lane.LaneId, 0, 100)]);
    }
}
