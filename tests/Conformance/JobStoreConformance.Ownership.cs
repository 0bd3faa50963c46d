namespace Worcr.Conformance;

public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var report = await Store.MigrateAsync(Cancel);
        report.From.ShouldBe(report.To);
        await Store.PingAsync(Cancel);
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await Home.RaiseSchemaAsync(Store);
        var store = await Home.OpenAsync();
        var error = await Should.ThrowAsync<StoreSchemaException>(() => store.MigrateAsync(Cancel));
        error.Message.ShouldContain("9999");
    }

    [Fact]
    public async Task Jobs_that_an_older_build_left_waiting_are_counted()
    {
        var world = await WorldAsync();
        var lane = world.NewLane("a", "t");
        var (scheduled, retrying) = (world.NewJob(lane, dueAt: world.Now + 1), world.NewJob(lane, dueAt: long.MaxValue));
        retrying.State = JobState.Retry;
        var flush = world.Insert(lane, scheduled, world.NewJob(lane, dueAt: world.Now + 2), retrying, world.NewJob(lane));
        await world.CommitAsync(flush);
        await Home.ToFirstSchemaAsync(Store);
        var store = await Home.OpenAsync();
        await store.MigrateAsync(Cancel);
        var counts = (await store.LoadAsync(world.Owner, Cancel)).Strands.ToDictionary(s => (s.LaneId, s.Priority), s => s.Count);
        var waiting = WaitingStrand.LaneIdOf(world.Owner);
        counts.ShouldBe(new Dictionary<(long, int), long> { [(lane.LaneId, 0)] = 1, [(waiting, 0)] = 2, [(waiting, 1)] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_database_of_the_first_schema_keeps_what_it_has_and_learns_the_rest()
    {
        var world = await WorldAsync();
        var lane = world.NewLane("a", "t", "q", ["eu"], "key");
        var (running, done, ready) = (world.NewJob(lane), world.NewJob(lane), world.NewJob(lane, priority: 3));
        var flush = world.Insert(lane, running, done, ready);
        flush.Leases.Add(world.Lease(running, 1));
        flush.Outcomes.Add(world.Outcome(done));
        flush.Resources.Add(new ResourceChange("tenant", "t", "{}"u8.ToArray()));
        await world.CommitAsync(flush);
        var before = await Described.NamespaceAsync(Store, world.Owner, Cancel);
        await Home.ToFirstSchemaAsync(Store);
        var store = await Home.OpenAsync();
        (await store.MigrateAsync(Cancel)).ShouldBe(new MigrationReport(1, 4));
        (await Described.NamespaceAsync(store, world.Owner, Cancel)).ShouldBe(before);
        var next = world.NewFlush();
        next.Lanes.Add(world.NewLane(args: [new("shop.id", "1")]));
        next.Inserts.Add(world.NewJob(next.Lanes[0]));
        next.Strands.Add(new StrandDelta(next.Lanes[0].LaneId, 0, 1));
        next.Permits.Add(new PermitUse("rate", "t", 1, world.Now));
        await store.CommitAsync(next, Cancel);
        var state = await store.LoadAsync(world.Owner, Cancel);
        state.Lanes.ShouldBe([lane, next.Lanes[0]]);
        state.Permits.ShouldBe(next.Permits);
    }

    [Fact]
    public async Task A_namespace_has_one_owner()
    {
        var first = await Store.AcquireAsync(Ask("silo-a"), Cancel);
        var second = await Store.AcquireAsync(Ask("silo-b"), Cancel);
        first.Ownership.ShouldNotBeNull().Epoch.ShouldBe(1);
        second.Ownership.ShouldBeNull();
        second.Owner.ShouldBe("silo-a");
        (await Store.ListNamespacesAsync(Cancel)).Single().Owner.ShouldBe("silo-a");
    }

    [Fact]
    public async Task A_renewal_keeps_the_epoch()
    {
        var held = (await Store.AcquireAsync(Ask("silo-a"), Cancel)).Ownership;
        var renewed = await Store.AcquireAsync(Ask("silo-a", now: 2_000, held: held), Cancel);
        renewed.Ownership.ShouldBe(held);
    }

    [Fact]
    public async Task A_renewal_fails_when_the_namespace_was_taken_over()
    {
        var held = (await Store.AcquireAsync(Ask("silo-a"), Cancel)).Ownership;
        await Store.AcquireAsync(Ask("silo-b", takeover: true), Cancel);
        var renewed = await Store.AcquireAsync(Ask("silo-a", held: held), Cancel);
        renewed.Ownership.ShouldBeNull();
        renewed.Owner.ShouldBe("silo-b");
    }

    [Fact]
    public async Task A_released_namespace_is_free_at_once()
    {
        var held = (await Store.AcquireAsync(Ask("silo-a"), Cancel)).Ownership.ShouldNotBeNull();
        await Store.ReleaseAsync(held, Cancel);
        await Store.ReleaseAsync(held, Cancel);
        (await Store.ListNamespacesAsync(Cancel)).Single().Owner.ShouldBeNull();
        (await Store.AcquireAsync(Ask("silo-b"), Cancel)).Ownership.ShouldNotBeNull().Epoch.ShouldBe(held.Epoch + 1);
    }

    [Fact]
    public async Task An_expired_ownership_can_be_taken()
    {
        await Store.AcquireAsync(Ask("silo-a", now: 1_000, leaseMs: 0), Cancel);
        (await Store.AcquireAsync(Ask("silo-b", now: 1_001), Cancel)).Ownership.ShouldNotBeNull();
    }

    [Fact]
    public async Task Asking_again_without_what_one_holds_raises_the_epoch()
    {
        var first = (await Store.AcquireAsync(Ask("silo-a"), Cancel)).Ownership.ShouldNotBeNull();
        var second = (await Store.AcquireAsync(Ask("silo-a"), Cancel)).Ownership.ShouldNotBeNull();
        second.Epoch.ShouldBeGreaterThan(first.Epoch);
    }

    [Fact]
    public async Task A_former_owner_can_write_and_load_nothing()
    {
        var world = await WorldAsync();
        await Store.AcquireAsync(Ask("silo-b", takeover: true), Cancel);
        var lane = world.NewLane();
        var job = world.NewJob(lane);
        await Should.ThrowAsync<StoreFencedException>(() => world.CommitAsync(world.Insert(lane, job)));
        await Should.ThrowAsync<StoreFencedException>(() => world.LoadAsync());
        (await world.FindAsync(job.Id)).ShouldBeNull();
        (await world.QueryAsync(new JobQuery { Ownership = world.Owner, Limit = 10 })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Namespaces_do_not_see_each_other()
    {
        var a = await WorldAsync("a");
        var b = await WorldAsync("b");
        b.Owner.NamespaceId.ShouldNotBe(a.Owner.NamespaceId);
        var id = Guid.Parse("11111111-2222-4333-8444-555555555555");
        var lane = a.NewLane();
        await a.CommitAsync(a.Insert(lane, a.NewJob(lane, id: id)));
        (await b.FindAsync(id)).ShouldBeNull();
        (await b.QueryAsync(new JobQuery { Ownership = b.Owner, Limit = 10 })).ShouldBeEmpty();
        (await b.LoadAsync()).Strands.ShouldBeEmpty();
        (await Store.ResolveAsync(new Resolve(b.Owner, [id], [], 0), Cancel)).Ids.ShouldBeEmpty();
    }
}
