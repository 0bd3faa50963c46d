namespace Worcr.Conformance;

public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task Ready_jobs_come_in_order_within_the_bounds()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        Job[] jobs = [.. Enumerable.Range(0, 10).Select(_ => world.NewJob(lane)), world.NewJob(lane, priority: 5), world.NewJob(lane, dueAt: world.Now + 1)];
        await world.CommitAsync(world.Insert(lane, jobs));
        (await world.ReadyAsync(lane)).ShouldBe(jobs[..10].Select(j => j.Seq));
        (await world.ReadyAsync(lane, priority: 5)).ShouldBe([jobs[10].Seq]);
        (await world.ReadyAsync(lane, after: jobs[3].Seq, limit: 2)).ShouldBe([jobs[4].Seq, jobs[5].Seq]);
        var below = (await Store.ReadReadyAsync(new ReadReady([lane.Range(before: jobs[2].Seq)], 100), Cancel)).Single();
        below.Select(j => j.Seq).ShouldBe([jobs[0].Seq, jobs[1].Seq]);
        below.ShouldAllBe(j => ReferenceEquals(j.Shape, lane.Shape));
    }

    [Fact]
    public async Task Ready_jobs_of_many_strands_come_strand_by_strand()
    {
        var world = await WorldAsync();
        var (lane, other, empty) = (world.NewLane(), world.NewLane(), world.NewLane());
        Job[] jobs = [.. Enumerable.Range(0, 4).Select(_ => world.NewJob(lane)), world.NewJob(lane, priority: 5)];
        Job[] others = [.. Enumerable.Range(0, 3).Select(_ => world.NewJob(other))];
        await world.CommitAsync(world.Insert(lane, jobs));
        await world.CommitAsync(world.Insert(other, others));
        var ranges = new[] { other.Range(limit: 2), lane.Range(priority: 5), empty.Range(), lane.Range(after: jobs[0].Seq, before: jobs[3].Seq) };
        var found = await Store.ReadReadyAsync(new ReadReady(ranges, 100), Cancel);
        found.Select(strand => strand.Select(j => j.Seq)).ShouldBe([[others[0].Seq, others[1].Seq], [jobs[4].Seq], [], [jobs[1].Seq, jobs[2].Seq]]);
        found[0].ShouldAllBe(j => ReferenceEquals(j.Shape, other.Shape));
        found[3].ShouldAllBe(j => ReferenceEquals(j.Shape, lane.Shape));
        (await Store.ReadReadyAsync(new ReadReady([], 100), Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Long_arguments_stay_in_the_store()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var (exact, longer, none) = (world.NewJob(lane, args: new byte[100]), world.NewJob(lane, args: new byte[100_000]), world.NewJob(lane, args: []));
        await world.CommitAsync(world.Insert(lane, exact, longer, none));
        var ready = (await Store.ReadReadyAsync(new ReadReady([lane.Range()], 100), Cancel)).Single();
        ready.Select(j => j.Args?.Length).ShouldBe([100, null, 0]);
        (await Store.ReadJobsAsync([longer.Seq], Cancel)).Single().Args!.Length.ShouldBe(100_000);
        (await Store.QueryAsync(new JobQuery { Ownership = world.Owner, Limit = 10, WithoutArgs = true }, Cancel)).Jobs.ShouldAllBe(j => j.Job.Args == null);
    }

    [Fact]
    public async Task Alarms_come_in_their_order()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var (late, early, expiring, never) = (
            world.NewJob(lane, dueAt: 300, expiresAt: 900), world.NewJob(lane, dueAt: 100), world.NewJob(lane, expiresAt: 200, args: new byte[20]), world.NewJob(lane));
        await world.CommitAsync(world.Insert(lane, late, early, expiring, never));
        var all = await Store.ReadAlarmsAsync(new ReadAlarms(world.Owner, 300, 10, 10), Cancel);
        all.Select(j => j.Seq).ShouldBe([early.Seq, expiring.Seq, late.Seq]);
        all[1].Args.ShouldBeNull();
        (await Store.ReadAlarmsAsync(new ReadAlarms(world.Owner, 299, 10, 10), Cancel)).Count.ShouldBe(2);
        (await Store.ReadAlarmsAsync(new ReadAlarms(world.Owner, 300, 1, 10), Cancel)).Single().Seq.ShouldBe(early.Seq);
    }

    [Fact]
    public async Task Client_ids_are_found_live_and_finished_and_ours_need_no_index()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var ours = world.NewJob(lane);
        var lookalike = JobId.Create(world.Now, ours.Seq, 5);
        var theirs = world.NewJob(lane, id: Guid.Parse("00000000-0000-4000-8000-000000000001"));
        var disguised = world.NewJob(lane, id: lookalike);
        await world.CommitAsync(world.Insert(lane, ours, theirs, disguised));
        foreach (var job in new[] { ours, theirs, disguised }) (await world.FindAsync(job.Id))!.Job.Seq.ShouldBe(job.Seq);
        (await world.FindAsync(JobId.Create(world.Now, theirs.Seq, 0))).ShouldBeNull();
        var flush = world.NewFlush();
        flush.Outcomes.AddRange([world.Outcome(ours), world.Outcome(theirs), world.Outcome(disguised)]);
        await world.CommitAsync(flush);
        foreach (var job in new[] { ours, theirs, disguised }) (await world.FindAsync(job.Id))!.Outcome.ShouldNotBeNull().Seq.ShouldBe(job.Seq);
        var reply = await Store.ResolveAsync(new Resolve(world.Owner, [theirs.Id, disguised.Id, ours.Id, Guid.Empty], [], 0), Cancel);
        reply.Ids.ShouldBe([
            new KnownId(ours.Id, ours.Seq, JobState.Succeeded), new KnownId(theirs.Id, theirs.Seq, JobState.Succeeded),
            new KnownId(disguised.Id, disguised.Seq, JobState.Succeeded)]);
    }

    [Fact]
    public async Task Queries_filter_and_page()
    {
        var world = await WorldAsync();
        var (a, b) = (world.NewLane("a", "t1", "q1", ["eu", "x"]), world.NewLane("b", "t2", "q2", ["eu"]));
        Job[] jobs = [.. Enumerable.Range(0, 10).Select(i => world.NewJob(i % 2 == 0 ? a : b))];
        var flush = world.Insert(a, jobs);
        flush.Lanes.Add(b);
        await world.CommitAsync(flush);
        var finish = world.NewFlush();
        finish.Outcomes.AddRange(jobs[..4].Select((j, i) => world.Outcome(j, i == 0 ? JobState.Dead : JobState.Succeeded, finishedAt: world.Now + (i * 86_400_000L))));
        await world.CommitAsync(finish);
        var all = new JobQuery { Ownership = world.Owner, Limit = 100 };
        var seqs = jobs.Select(j => j.Seq).ToArray();
        (await world.QueryAsync(all)).ShouldBe(seqs.Reverse());
        (await world.QueryAsync(all with { Ascending = true })).ShouldBe(seqs);
        (await world.QueryAsync(all with { Types = ["a"], Ascending = true })).ShouldBe(seqs.Where((_, i) => i % 2 == 0));
        (await world.QueryAsync(all with { Tenants = ["t2", "none"], Queues = ["q2"] })).Length.ShouldBe(5);
        (await world.QueryAsync(all with { Tags = ["eu"] })).Length.ShouldBe(10);
        (await world.QueryAsync(all with { Tags = ["eu", "x"] })).Length.ShouldBe(5);
        (await world.QueryAsync(all with { States = [JobState.Dead] })).ShouldBe([jobs[0].Seq]);
        (await world.QueryAsync(all with { States = [JobState.Ready, JobState.Dead], Types = ["a"] })).Length.ShouldBe(4);
        (await world.QueryAsync(all with { Types = ["none"] })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Queries_find_the_jobs_that_an_error_code_ended()
    {
        var world = await WorldAsync();
        var (a, b) = (world.NewLane("a"), world.NewLane("b"));
        string?[] codes = ["blackhole:x", "blackhole:xy", null, "blackhole:x", "\u00e9 \"<\\", "blackhole:x", ""];
        Job[] jobs = [.. codes.Select((_, i) => world.NewJob(i == 5 ? b : a)), world.NewJob(a)];
        var flush = world.Insert(a, jobs);
        flush.Lanes.Add(b);
        flush.Outcomes.AddRange(codes.Select((code, i) =>
            world.Outcome(jobs[i], JobState.Discarded, code is null ? null : new JobError(code, "blackhole:x"), finishedAt: world.Now + (i * 40_000_000L))));
        await world.CommitAsync(flush);
        var taken = new JobQuery { Ownership = world.Owner, ErrorCode = "blackhole:x", Limit = 10 };
        (await world.QueryAsync(taken)).ShouldBe([jobs[5].Seq, jobs[3].Seq, jobs[0].Seq]);
        (await world.QueryAsync(taken with { Types = ["a"], Ascending = true, WithoutArgs = true })).ShouldBe([jobs[0].Seq, jobs[3].Seq]);
        (await world.QueryAsync(taken with { States = [JobState.Discarded, JobState.Ready], Limit = 2, Cursor = jobs[5].Seq })).ShouldBe([jobs[3].Seq, jobs[0].Seq]);
        (await world.QueryAsync(taken with { States = [JobState.Ready, JobState.Dead] })).ShouldBeEmpty();
        (await world.QueryAsync(taken with { ErrorCode = "\u00e9 \"<\\" })).ShouldBe([jobs[4].Seq]);
        (await world.QueryAsync(taken with { ErrorCode = "" })).ShouldBe([jobs[6].Seq]);
        (await world.QueryAsync(taken with { ErrorCode = "blackhole:" })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task A_cursor_walks_through_everything_once(bool ascending, bool filtered)
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        Job[] jobs = [.. Enumerable.Range(0, 25).Select(_ => world.NewJob(lane))];
        await world.CommitAsync(world.Insert(lane, jobs));
        var finish = world.NewFlush();
        finish.Outcomes.AddRange(jobs.Where((_, i) => i % 3 == 0).Select(j => world.Outcome(j)));
        await world.CommitAsync(finish);
        var (seen, query) = (new List<long>(), new JobQuery { Ownership = world.Owner, Limit = 4, Ascending = ascending, Types = filtered ? ["email.send"] : null });
        for (long? cursor = null; ;)
        {
            var page = await Store.QueryAsync(query with { Cursor = cursor }, Cancel);
            seen.AddRange(page.Jobs.Select(j => j.Job.Seq));
            if ((cursor = page.Next) is null) break;
        }

        seen.ShouldBe(ascending ? jobs.Select(j => j.Seq) : jobs.Select(j => j.Seq).Reverse());
    }

    [Fact]
    public async Task Logs_come_oldest_first_and_may_hold_anything()
    {
        var world = await WorldAsync();
        var seq = world.Owner.FirstId;
        LogLine[] lines =
        [
            new(seq, 1, world.Now, "info", "first \0 \ud83d\ude00"), new(seq, 1, world.Now, "warn", "second"), new(seq + 1, 1, world.Now, "info", "other"),
            new(seq, 2, world.Now + 86_400_000, "info", "third"),
        ];
        await Store.AppendLogsAsync([lines[3]], Cancel);
        await Store.AppendLogsAsync(lines[..3], Cancel);
        await Store.AppendLogsAsync([], Cancel);
        (await Store.ReadLogsAsync(new ReadLogs(seq, 0, 10), Cancel)).ShouldBe([lines[0], lines[1], lines[3]]);
        (await Store.ReadLogsAsync(new ReadLogs(seq, 1, 1), Cancel)).ShouldBe([lines[1]]);
        (await Store.ReadLogsAsync(new ReadLogs(seq, 2, 5), Cancel)).ShouldBe([lines[3]]);
    }

    [Fact]
    public async Task Log_lines_of_one_millisecond_keep_the_order_in_which_they_were_given()
    {
        var world = await WorldAsync();
        LogLine[] lines = [.. Enumerable.Range(0, 60).Select(i => new LogLine(world.Owner.FirstId, 1, world.Now, "info", $"{i}"))];
        await Task.WhenAll(lines.Chunk(2).Select(two => Store.AppendLogsAsync(two, Cancel)));
        (await Store.ReadLogsAsync(new ReadLogs(world.Owner.FirstId, 0, 100), Cancel)).Select(l => l.Line).ShouldBe(lines.Select(l => l.Line));
    }
}
