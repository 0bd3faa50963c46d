namespace Worcr.Conformance;

public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task A_lease_is_open_until_the_row_has_its_attempt()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var (running, retried, done) = (world.NewJob(lane), world.NewJob(lane), world.NewJob(lane));
        await world.CommitAsync(world.Insert(lane, running, retried, done));
        var leases = world.NewFlush();
        leases.Leases.AddRange([world.Lease(running, 1, "w\0\u00e9"), world.Lease(retried, 1), world.Lease(done, 1)]);
        await world.CommitAsync(leases);
        (await world.LoadAsync()).OpenLeases.Select(l => l.Lease).ShouldBe(leases.Leases);
        (retried.Attempt, retried.Fails) = (1, 1);
        var flush = world.NewFlush();
        flush.Updates.Add(retried);
        flush.Outcomes.Add(world.Outcome(done));
        flush.Strands.Add(new(lane.LaneId, 0, -1));
        await world.CommitAsync(flush);
        var state = await world.LoadAsync();
        var open = state.OpenLeases.ShouldHaveSingleItem();
        open.Lease.ShouldBe(leases.Leases[0]);
        open.Job.Seq.ShouldBe(running.Seq);
        open.Job.Args.ShouldBeNull();
        open.Job.Shape.ShouldBe(lane.Shape);
        state.Lanes.Single().Shape.ShouldBe(lane.Shape);
        state.LastFlush.ShouldBe(flush.Number);
        state.LastLaneId.ShouldBe(lane.LaneId);
    }

    [Fact]
    public async Task Of_an_attempt_the_last_word_holds()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var (a, b) = (world.NewJob(lane), world.NewJob(lane));
        await world.CommitAsync(world.Insert(lane, a, b));
        var leases = world.NewFlush();
        var (first, second) = (world.Lease(a, 1), world.Lease(b, 1));
        leases.Leases.AddRange([first, second, second with { DeadlineAt = second.DeadlineAt + 5 }]);
        await world.CommitAsync(leases);
        var later = world.NewFlush();
        later.Leases.Add(first with { IsPolled = true });
        await world.CommitAsync(later);
        (await world.LoadAsync()).OpenLeases.Select(l => l.Lease).ShouldBe([first with { IsPolled = true }, second with { DeadlineAt = second.DeadlineAt + 5 }]);
    }

    [Fact]
    public async Task Folding_keeps_counts_and_open_leases()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var (a, b) = (world.NewJob(lane), world.NewJob(lane));
        await world.CommitAsync(world.Insert(lane, a, b));
        var lease = world.NewFlush();
        lease.Leases.Add(world.Lease(a, 1));
        await world.CommitAsync(lease);
        var c = world.NewJob(lane, priority: 2);
        var fold = world.Insert(lane, c);
        fold.Fold = new JournalFold(fold.Number, [world.Lease(a, 1)], [new StrandCount(lane.LaneId, 0, 2)]);
        fold.Leases.Add(world.Lease(b, 1));
        await world.CommitAsync(fold);
        var state = await world.LoadAsync();
        state.Strands.ShouldBe([new(lane.LaneId, 0, 2), new(lane.LaneId, 2, 1)]);
        state.OpenLeases.Select(l => l.Lease.Seq).ShouldBe([a.Seq, b.Seq]);
        state.LastFlush.ShouldBe(fold.Number);
        var empty = world.NewFlush();
        empty.Outcomes.AddRange([world.Outcome(a), world.Outcome(b), world.Outcome(c)]);
        empty.Strands.AddRange([new(lane.LaneId, 0, -2), new(lane.LaneId, 2, -1)]);
        await world.CommitAsync(empty);
        var last = world.NewFlush();
        last.Fold = new JournalFold(last.Number, [], [new(lane.LaneId, 0, 0), new(lane.LaneId, 2, 0)]);
        await world.CommitAsync(last);
        state = await world.LoadAsync();
        state.Strands.ShouldBeEmpty();
        state.OpenLeases.ShouldBeEmpty();
        state.LastFlush.ShouldBe(last.Number - 1);
    }

    [Fact]
    public async Task After_a_crash_everything_committed_is_there()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        var (a, b) = (world.NewJob(lane), world.NewJob(lane, dueAt: world.Now + 5));
        await world.CommitAsync(world.Insert(lane, a, b));
        var lease = world.NewFlush();
        lease.Leases.Add(world.Lease(a, 1));
        lease.Resources.Add(new ResourceChange("tenant", "acme", "{}"u8.ToArray()));
        await world.CommitAsync(lease);
        var before = Described.Of(await world.LoadAsync());
        var reopened = await Home.CrashAsync(Store);
        await reopened.MigrateAsync(Cancel);
        var owner = (await reopened.AcquireAsync(Ask("silo-a2", takeover: true), Cancel)).Ownership.ShouldNotBeNull();
        owner.NamespaceId.ShouldBe(world.Owner.NamespaceId);
        owner.Epoch.ShouldBeGreaterThan(world.Owner.Epoch);
        Described.Of(await reopened.LoadAsync(owner, Cancel)).ShouldBe(before);
    }

    [Fact]
    public async Task Unique_keys_are_held_replaced_released_and_expire()
    {
        var world = await WorldAsync();
        UniqueLock Held(string key, long seq, long expires = 0) => new(key, world.Owner.FirstId + seq, new Guid((int)seq, 0, 0, new byte[8]), expires);
        var flush = world.NewFlush();
        flush.LocksTaken.AddRange([Held("a", 1), Held("b", 2, 500), Held("c", 3), Held("c", 4)]);
        await world.CommitAsync(flush);
        async Task<string[]> TakenAsync(long now) =>
            [.. (await Store.ResolveAsync(new Resolve(world.Owner, [], ["a", "b", "c", "d"], now), Cancel)).Locks.Select(l => $"{l.Lock.Key}{l.Lock.Seq - world.Owner.FirstId}").Order(StringComparer.Ordinal)];
        (await TakenAsync(499)).ShouldBe(["a1", "b2", "c4"]);
        (await TakenAsync(500)).ShouldBe(["a1", "c4"]);
        var second = world.NewFlush();
        second.LocksTaken.Add(Held("a", 9));
        second.LocksReleased.AddRange([new("a", world.Owner.FirstId + 1), new("c", world.Owner.FirstId + 4), new("d", 1)]);
        await world.CommitAsync(second);
        (await TakenAsync(0)).ShouldBe(["a9", "b2"]);
        (await Store.RetireAsync(new Retire(0, 500), Cancel)).LocksExpired.ShouldBe(1);
        (await TakenAsync(0)).ShouldBe(["a9"]);
    }

    [Fact]
    public async Task Unique_keys_come_with_the_state_of_their_holders()
    {
        var world = await WorldAsync();
        var lane = world.NewLane();
        Job[] jobs = [world.NewJob(lane), world.NewJob(lane, dueAt: world.Now + 9), world.NewJob(lane), world.NewJob(lane)];
        var flush = world.Insert(lane, jobs);
        flush.LocksTaken.AddRange(jobs.Select((job, i) => new UniqueLock($"k{i}", job.Seq, job.Id, 0)));
        flush.Leases.Add(world.Lease(jobs[0], 1));
        await world.CommitAsync(flush);
        var finish = world.NewFlush();
        finish.Outcomes.Add(world.Outcome(jobs[2], JobState.Dead));
        finish.Outcomes.Add(world.Outcome(jobs[3], finishedAt: world.Now - 86_400_000));
        await world.CommitAsync(finish);
        await Store.RetireAsync(new Retire(StoreWorld.Day, 0), Cancel);
        var locks = (await Store.ResolveAsync(new Resolve(world.Owner, [], ["k0", "k1", "k2", "k3", "free"], world.Now), Cancel)).Locks;
        locks.Select(l => l.Lock).ShouldBe(flush.LocksTaken, ignoreOrder: true);
        locks.OrderBy(l => l.Lock.Key, StringComparer.Ordinal).Select(l => l.State).ShouldBe([JobState.Ready, JobState.Scheduled, JobState.Dead, null]);
    }

    [Fact]
    public async Task A_hundred_thousand_resources_are_put_changed_and_loaded()
    {
        var world = await WorldAsync();
        var flush = world.NewFlush();
        flush.Resources.AddRange(Enumerable.Range(0, 100_000).Select(i => new ResourceChange("tenant", $"t{i:d6}", "{\"share\":1}"u8.ToArray())));
        await world.CommitAsync(flush);
        var random = new Random(1);
        var (name, body) = (string.Concat(Enumerable.Range(0, 512).Select(_ => (char)random.Next(0x4E00, 0x9FA0))), new byte[1 << 20]);
        random.NextBytes(body);
        var second = world.NewFlush();
        second.Resources.AddRange(Enumerable.Range(0, 5_000).Select(i => new ResourceChange("tenant", $"t{i:d6}", i < 2_000 ? null : "2"u8.ToArray())));
        second.Resources.Add(new ResourceChange("any kind, \u00e9 too", name, body));
        await world.CommitAsync(second);
        var resources = (await world.LoadAsync()).Resources;
        resources.Count.ShouldBe(98_001);
        resources[0].ShouldSatisfyAllConditions(r => r.Kind.ShouldBe("any kind, \u00e9 too"), r => r.Name.ShouldBe(name), r => r.Body.ShouldBe(body));
        resources.Skip(1).Select(r => r.Name).ShouldBe(flush.Resources.Skip(2_000).Select(r => r.Name));
        resources.Count(r => r.Body!.Length == 1).ShouldBe(3_000);
    }

    [Fact]
    public async Task Resources_are_put_and_deleted()
    {
        var world = await WorldAsync();
        var flush = world.NewFlush();
        flush.Resources.AddRange([new("rule", "b", "1"u8.ToArray()), new("rule", "a", "2"u8.ToArray()), new("tenant", "a", "3"u8.ToArray()), new("rule", "b", "4"u8.ToArray())]);
        await world.CommitAsync(flush);
        var second = world.NewFlush();
        second.Resources.AddRange([new("rule", "a", null), new("none", "x", null)]);
        await world.CommitAsync(second);
        var fold = world.NewFlush();
        fold.Fold = new JournalFold(fold.Number, [], []);
        await world.CommitAsync(fold);
        var resources = (await world.LoadAsync()).Resources;
        resources.Select(r => (r.Kind, r.Name)).ShouldBe([("rule", "b"), ("tenant", "a")]);
        resources[0].Body.ShouldBe("4"u8.ToArray());
    }

    [Fact]
    public async Task Retention_drops_whole_days_and_forgets_no_number()
    {
        var world = await WorldAsync();
        var (old, kept) = (world.NewLane("old"), world.NewLane("kept") with { CreatedDay = StoreWorld.Day + 5 });
        var (first, second, live) = (world.NewJob(old), world.NewJob(kept), world.NewJob(kept));
        var insert = world.Insert(old, first, second, live);
        insert.Lanes.Add(kept);
        insert.Strands.Clear();
        insert.Outcomes.AddRange([world.Outcome(second, finishedAt: world.Now), world.Outcome(first, finishedAt: world.Now + 86_400_000)]);
        await world.CommitAsync(insert);
        await Store.AppendLogsAsync([new LogLine(first.Seq, 1, world.Now, "info", "x")], Cancel);
        (await Store.RetireAsync(new Retire(StoreWorld.Day, 0), Cancel)).ShouldBe(new RetireReport(0, 0, 0));
        (await Store.RetireAsync(new Retire(StoreWorld.Day + 1, 0), Cancel)).ShouldBe(new RetireReport(2, 0, 0));
        (await world.FindAsync(second.Id)).ShouldBeNull();
        (await Store.ReadLogsAsync(new ReadLogs(first.Seq, 0, 10), Cancel)).ShouldBeEmpty();
        (await world.FindAsync(first.Id)).ShouldNotBeNull();
        (await Store.RetireAsync(new Retire(StoreWorld.Day + 2, 0), Cancel)).ShouldBe(new RetireReport(1, 0, 1));
        (await world.FindAsync(live.Id)).ShouldNotBeNull();
        var last = world.NewFlush();
        last.Outcomes.Add(world.Outcome(live, finishedAt: world.Now));
        await world.CommitAsync(last);
        await Store.RetireAsync(new Retire(StoreWorld.Day + 9, 0), Cancel);
        var state = await world.LoadAsync();
        state.LastSeq.ShouldBe(live.Seq);
        state.LastLaneId.ShouldBe(kept.LaneId);
    }
}
