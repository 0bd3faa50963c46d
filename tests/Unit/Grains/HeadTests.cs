using Worcr.Core.Fairness;
using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>More lanes than jobs that may be in memory: heads come when their turn has come, and nobody notices.</summary>
public sealed class HeadTests
{
    private const int Lanes = 2_000;
    private const int Window = 50;

    private readonly World _world = new(new DispatcherOptions { WindowJobs = Window });

    [Fact]
    public void Lanes_without_room_have_no_job_in_memory_and_every_job_runs_once()
    {
        var ids = Fill();
        _world.Dispatcher.JobsInMemory.ShouldBe(Window);
        Run(slots: 20).ShouldBe(ids, ignoreOrder: true);
        _world.Dispatcher.JobsInMemory.ShouldBe(0);
    }

    [Fact]
    public void A_start_reads_no_heads()
    {
        var ids = Fill();
        _world.Restart();
        _world.Dispatcher.JobsInMemory.ShouldBe(0);
        Run(slots: 20).ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public void Heads_are_read_many_at_once()
    {
        Fill();
        var before = _world.Reads;
        Run(slots: 20).Count.ShouldBe(Lanes);
        (_world.Reads - before).ShouldBeLessThan(Lanes / 20);
    }

    [Fact]
    public void One_tenant_alone_has_its_heads_read_many_at_once_too()
    {
        Fill(tenants: 1);
        var before = _world.Reads;
        Run(slots: 1).Count.ShouldBe(Lanes);
        (_world.Reads - before).ShouldBeLessThan(Lanes / 20);
    }

    [Fact]
    public void Memory_stays_bounded_while_lanes_are_deep()
    {
        _world.EnqueueMany(6 * 500, i => NewJob(tags: [$"k{i % 500}"]));
        var worker = _world.Worker(slots: 10);
        for (var run = 0; run < 6 * 500;)
        {
            var given = worker.Given();
            given.ShouldNotBeEmpty();
            _world.Dispatcher.JobsInMemory.ShouldBeLessThan(Window + 256 + 20);
            foreach (var job in given) _world.Complete(job).ShouldBeTrue();
            run += given.Count;
        }

        _world.Counts().Succeeded.ShouldBe(6 * 500);
    }

    [Fact]
    public void A_deep_lane_among_very_many_is_read_in_large_pieces()
    {
        var world = new World(new DispatcherOptions { WindowJobs = 1_000 });
        world.EnqueueMany(1_500, i => NewJob(tenant: "many", tags: [$"k{i}"]));
        world.EnqueueMany(3_000, i => NewJob(tenant: "deep"));
        world.Restart();
        var before = world.Reads;
        world.Worker(slots: 20).RunAll().Count.ShouldBe(4_500);
        (world.Reads - before).ShouldBeLessThan(100);
    }

    [Fact]
    public void Shares_hold()
    {
        _world.Put("big", new TenantRule { Share = 3 });
        _world.EnqueueMany(1_200, i => NewJob(tenant: i % 2 == 0 ? "big" : "small", tags: [$"k{i}"]));
        var first = _world.Worker(slots: 10).RunAll(most: 400);
        first.Count(j => j.Shape.Tenant == "big").ShouldBeInRange(275, 325);
    }

    [Fact]
    public void Weights_of_lanes_hold()
    {
        _world.EnqueueMany(1_200, i => NewJob(tags: [$"k{i % 100}"], weight: i % 100 == 0 ? 5 : 1));
        var first = _world.Worker(slots: 1).RunAll(most: 208);
        first.Count(j => j.Shape.Weight > 1).ShouldBeInRange(9, 11);
    }

    [Fact]
    public void First_in_first_out_is_kept()
    {
        _world.Put("", new NamespaceRule { Fairness = FairStrategy.Fifo });
        var ids = Fill();
        Run(slots: 20).ShouldBe(ids);
    }

    [Fact]
    public void And_when_it_is_asked_for_over_a_standing_backlog()
    {
        var ids = Fill();
        _world.Put("", new NamespaceRule { Fairness = FairStrategy.Fifo });
        Run(slots: 20).ShouldBe(ids);
    }

    [Fact]
    public void An_order_key_each_keeps_its_order()
    {
        var ids = _world.EnqueueMany(3 * 300, i => NewJob(orderKey: $"o{i % 300}"));
        _world.Dispatcher.JobsInMemory.ShouldBeLessThan(2 * Window);
        var place = ids.Index().ToDictionary(i => i.Item, i => i.Index);
        var run = Run(slots: 40);
        run.ShouldBe(ids, ignoreOrder: true);
        foreach (var key in run.GroupBy(id => place[id] % 300)) key.Select(id => place[id]).ShouldBeInOrder();
    }

    [Fact]
    public void Lanes_whose_heads_something_looks_at_have_one()
    {
        _world.EnqueueMany(200, i => NewJob(tags: [$"k{i}"], sloMs: 60_000));
        _world.Dispatcher.JobsInMemory.ShouldBe(200);
        _world.Restart();
        _world.Dispatcher.JobsInMemory.ShouldBe(200);
    }

    [Fact]
    public void A_rule_about_the_oldest_job_sees_all_lanes()
    {
        Fill();
        _world.Restart();
        _world.Put("old", new ShedRule(RuleMatch.Any, ShedAction.Reject) { OldestMs = 60_000 });
        _world.Dispatcher.JobsInMemory.ShouldBe(Lanes);
    }

    [Fact]
    public void A_poll_that_does_not_wait_gets_jobs()
    {
        Fill();
        for (var i = 0; i < Lanes / 2; i++) _world.Ask<LeaseReply>(Poll(max: 2)).Jobs.Count.ShouldBe(2);
    }

    [Fact]
    public void A_rule_about_arguments_sorts_them_without_filling_memory()
    {
        _world.EnqueueMany(Lanes, i => NewJob(tags: [$"k{i}"], args: """{"v":"1"}"""u8.ToArray()));
        _world.Put("l", new LimitRule(RuleMatch.Any, new LimitSpec(LimitKind.Concurrency, 3)) { Key = [new LimitKeyPart(LimitKeySource.Args, "v")] });
        _world.Dispatcher.JobsInMemory.ShouldBeLessThan(600);
        _world.Worker(slots: 20).Given().Count.ShouldBe(3);
    }

    [Fact]
    public void A_blackhole_takes_them()
    {
        Fill();
        _world.Put("b", new BlackholeRule(RuleMatch.Any));
        _world.Counts().Dropped.ShouldBe(Lanes);
    }

    [Fact]
    public void A_job_that_is_cancelled_before_its_head_is_read_is_not_run()
    {
        var ids = Fill();
        _world.HoldsReads = true;
        var worker = _world.Worker(slots: 2_000);
        worker.Given().Count.ShouldBe(Window);
        _world.HoldsReads = false;
        _world.Ask<ControlReply>(new ControlJobRequest(ids[^1], ControlAction.Cancel)).State.ShouldBe(JobState.Cancelled);
        _world.FinishReads();
        _world.Settle();
        var run = worker.Given();
        run.Select(j => j.Id).ShouldNotContain(ids[^1]);
        run.Count.ShouldBe(Lanes - Window - 1);
    }

    [Fact]
    public void Nothing_is_said_to_be_read_that_nobody_reads()
    {
        var ids = Fill();
        _world.Ask<ExplainReply>(new ExplainRequest.OfJob(ids[^1])).Job!.Reasons.Select(r => r.Code).ShouldNotContain("loading");
    }

    private Guid[] Fill(int tenants = 7) => _world.EnqueueMany(Lanes, i => NewJob(tenant: $"t{i % tenants}", tags: [$"k{i}"]));

    private List<Guid> Run(int slots) => _world.Worker(slots).RunAll().ConvertAll(j => j.Id);
}
