namespace Worcr.Conformance;

public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task Uses_of_limits_survive_a_crash_in_the_order_of_their_flushes()
    {
        var world = await WorldAsync();
        var (first, lease) = await LeasedAsync(world);
        PermitUse held = new("slots", "acme", 2, world.Now, lease.Seq, lease.Attempt);
        first.Permits.AddRange([held, new("rate", "acme", 3, world.Now), new("rate", "", 1, world.Now - 5)]);
        var second = world.NewFlush();
        second.Permits.AddRange([held with { Count = -1, At = world.Now + 1 }, new("rate", "acme", 1, world.Now + 1)]);
        second.IsEmpty.ShouldBeFalse();
        await world.CommitAsync(second);
        await world.CommitAsync(first);
        var state = await ReopenedAsync();
        state.Permits.ShouldBe([.. first.Permits, .. second.Permits]);
        state.LimitStates.ShouldBeEmpty();
    }

    [Fact]
    public async Task Permits_end_with_their_lease_and_rates_do_not()
    {
        var world = await WorldAsync();
        var (flush, lease) = await LeasedAsync(world);
        flush.Permits.AddRange([new("slots", "a", 1, world.Now, lease.Seq, 1), new("rate", "a", 1, world.Now), new("slots", "a", 1, world.Now, lease.Seq + 9, 1)]);
        await world.CommitAsync(flush);
        (await world.LoadAsync()).Permits.ShouldBe(flush.Permits[..2]);
        var again = world.NewFlush();
        again.Leases.Add(lease with { Attempt = 2 });
        again.Permits.Add(new("slots", "b", 1, world.Now, lease.Seq, 2));
        await world.CommitAsync(again);
        (await world.LoadAsync()).Permits.ShouldBe([flush.Permits[1], again.Permits[0]]);
    }

    [Fact]
    public async Task A_fold_replaces_the_uses_before_it_by_states()
    {
        var world = await WorldAsync();
        var (flush, lease) = await LeasedAsync(world);
        PermitUse held = new("slots", "a", 1, world.Now, lease.Seq, 1);
        flush.Permits.AddRange([held, new("rate", "a", 7, world.Now)]);
        await world.CommitAsync(flush);
        var fold = world.NewFlush();
        fold.Fold = new JournalFold(fold.Number, [lease], []) { Held = [held], Limits = [new("rate", "a", [1, 0, 255]), new("rate", "", [])] };
        fold.Permits.Add(new("rate", "a", 2, world.Now));
        await world.CommitAsync(fold);
        var state = await ReopenedAsync();
        state.Permits.ShouldBe([held, fold.Permits[0]]);
        state.LimitStates.Select(l => (l.Limit, l.Key, Convert.ToHexString(l.State))).ShouldBe([("rate", "a", "0100FF"), ("rate", "", "")]);
    }

    [Fact]
    public async Task A_fold_replaces_the_states_of_the_fold_before_it()
    {
        var world = await WorldAsync();
        foreach (var limits in new LimitState[][] { [new("a", "", [1]), new("b", "", [2])], [new("b", "", [3])], [] })
        {
            var fold = world.NewFlush();
            fold.Fold = new JournalFold(fold.Number, [], []) { Limits = limits };
            await world.CommitAsync(fold);
            Described.Of((await world.LoadAsync()).LimitStates).ShouldBe(Described.Of(limits));
        }
    }

    [Fact]
    public async Task A_hundred_thousand_states_fit_into_a_fold()
    {
        var world = await WorldAsync();
        var fold = world.NewFlush();
        LimitState[] limits = [.. Enumerable.Range(0, 100_000).Select(i => new LimitState($"limit{i % 7}", $"tenant-{i}", BitConverter.GetBytes(i * 7919L)))];
        fold.Fold = new JournalFold(fold.Number, [], []) { Limits = limits };
        await world.CommitAsync(fold);
        var read = (await ReopenedAsync()).LimitStates;
        read.Select(l => (l.Limit, l.Key, BitConverter.ToInt64(l.State))).ShouldBe(limits.Select(l => (l.Limit, l.Key, BitConverter.ToInt64(l.State))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_uses_and_states_come_back_as_they_were(int seed)
    {
        var world = await WorldAsync();
        var (flush, lease) = await LeasedAsync(world);
        var random = new Random(seed);
        long[] times = [0, 1, -1, world.Now, long.MaxValue, long.MinValue];
        int[] counts = [0, 1, -1, 63, 64, -65, int.MaxValue, int.MinValue];
        string[] names = ["", "a", "b\0", "\u00e9\ud83d\ude00", new string('x', 300)];
        flush.Permits.AddRange(Enumerable.Range(0, 200).Select(_ =>
        {
            var use = new PermitUse(Any(names), Any(names), Any(counts), Any(times));
            return random.Next(2) == 0 ? use : use with { Seq = lease.Seq, Attempt = lease.Attempt };
        }));
        await world.CommitAsync(flush);
        (await world.LoadAsync()).Permits.ShouldBe(flush.Permits);
        var fold = world.NewFlush();
        LimitState[] limits = [.. Enumerable.Range(0, 50).Select(_ => new LimitState(Any(names), Any(names), Bytes(random.Next(300))))];
        fold.Fold = new JournalFold(fold.Number, [lease], []) { Held = [.. flush.Permits.Where(p => p.Attempt > 0)], Limits = limits };
        await world.CommitAsync(fold);
        var state = await world.LoadAsync();
        state.Permits.ShouldBe(fold.Fold.Held);
        Described.Of(state.LimitStates).ShouldBe(Described.Of(limits));

        T Any<T>(T[] values) => values[random.Next(values.Length)];

        byte[] Bytes(int length)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    [Fact]
    public async Task A_permit_that_half_a_lease_holds_is_refused()
    {
        var world = await WorldAsync();
        foreach (var (seq, attempt) in new[] { (world.Owner.FirstId, 0), (0L, 1) })
        {
            var flush = world.NewFlush();
            flush.Permits.Add(new PermitUse("slots", "a", 1, world.Now, seq, attempt));
            await Should.ThrowAsync<Exception>(() => world.CommitAsync(flush));
        }

        (await world.LoadAsync()).Permits.ShouldBeEmpty();
    }

    /// <summary>The first try meets a journal row of its number; when that is gone, the second writes.</summary>
    [Fact]
    public async Task A_repeated_flush_writes_what_the_first_call_read()
    {
        var world = await WorldAsync();
        var other = world.NewFlush();
        other.Permits.Add(new PermitUse("rate", "other", 1, world.Now));
        await world.CommitAsync(other);
        var flush = new Flush { Ownership = world.Owner, Number = other.Number, Now = world.Now };
        flush.Permits.Add(new PermitUse("rate", "a", 1, world.Now));
        await Should.ThrowAsync<Exception>(() => world.CommitAsync(flush));
        _ = world.NewFlush();
        var fold = world.NewFlush();
        fold.Fold = new JournalFold(fold.Number, [], []);
        await world.CommitAsync(fold);
        flush.Permits.Add(new PermitUse("rate", "later", 1, world.Now));
        await world.CommitAsync(flush);
        (await world.LoadAsync()).Permits.ShouldBe([flush.Permits[0]]);
    }

    [Fact]
    public async Task Lanes_keep_the_values_of_arguments()
    {
        var world = await WorldAsync();
        var plain = world.NewLane();
        var shop = world.NewLane(args: [new("shop.id", "17"), new("shop.name", "a\0 \"\u00e9\ud83d\ude00\""), new("shop.zip", null)]);
        var none = world.NewLane(args: [new("shop.id", "")]);
        Job[] jobs = [world.NewJob(plain), world.NewJob(shop), world.NewJob(none)];
        var flush = world.NewFlush();
        flush.Lanes.AddRange([plain, shop, none]);
        flush.Inserts.AddRange(jobs);
        flush.Strands.AddRange(jobs.Select(j => new StrandDelta(j.LaneId, 0, 1)));
        flush.Leases.Add(world.Lease(jobs[1], 1));
        await world.CommitAsync(flush);
        var reopened = await Home.CrashAsync(Store);
        var state = await reopened.LoadAsync(world.Owner, Cancel);
        state.Lanes.ShouldBe([plain, shop, none]);
        state.OpenLeases.Single().Job.Shape.ShouldBe(shop.Shape);
        foreach (var job in jobs) (await Store.FindAsync(new FindJob(world.Owner, job.Id), Cancel)).ShouldNotBeNull().Job.Shape.ShouldBe(job.Shape);
        reopened = await Home.CrashAsync(reopened);
        var page = await reopened.QueryAsync(new JobQuery { Ownership = world.Owner, Limit = 10, Ascending = true }, Cancel);
        page.Jobs.Select(j => j.Job.Shape).ShouldBe(jobs.Select(j => j.Shape));
        page.Jobs[1].Job.Shape.ValueOf("shop.name").ShouldBe("a\0 \"\u00e9\ud83d\ude00\"");
    }

    private static async Task<(Flush Flush, LeaseEntry Lease)> LeasedAsync(StoreWorld world)
    {
        var lane = world.NewLane();
        var job = world.NewJob(lane);
        await world.CommitAsync(world.Insert(lane, job));
        var flush = world.NewFlush();
        flush.Leases.Add(world.Lease(job, 1));
        return (flush, flush.Leases[0]);
    }

    private async Task<NamespaceState> ReopenedAsync()
    {
        var reopened = await Home.CrashAsync(Store);
        var owner = (await reopened.AcquireAsync(Ask("silo-a2", takeover: true), Cancel)).Ownership.ShouldNotBeNull();
        return await reopened.LoadAsync(owner, Cancel);
    }
}
