using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Nothing is answered, and nobody is told, before it is durable.</summary>
public sealed class DurabilityTests
{
    private readonly World _world = new(new DispatcherOptions { SmallFlush = 0 });

    [Fact]
    public void A_producer_is_answered_when_its_jobs_are_durable()
    {
        _world.HoldsCommits = true;
        var enqueue = _world.Send<EnqueueReply>(new EnqueueRequest([NewJob()]));
        _world.Turn();
        enqueue.Task.IsCompleted.ShouldBeFalse();
        _world.Database.Live.ShouldBeEmpty();
        _world.Commit();
        enqueue.Task.IsCompleted.ShouldBeTrue();
        _world.Database.Live.Count.ShouldBe(1);
    }

    [Fact]
    public void A_worker_hears_of_a_job_when_its_lease_is_durable()
    {
        var worker = _world.Worker();
        _world.HoldsCommits = true;
        _world.Send<EnqueueReply>(new EnqueueRequest([NewJob()]));
        _world.Turn();
        worker.Given().ShouldBeEmpty();
        _world.Commit();
        worker.GivenOne().Attempt.ShouldBe(1);
    }

    [Fact]
    public void A_job_is_inserted_and_leased_in_one_flush_when_a_slot_is_free()
    {
        _world.Worker();
        _world.HoldsCommits = true;
        _world.Send<EnqueueReply>(new EnqueueRequest([NewJob()]));
        _world.Turn();
        var flush = _world.UnderWay.ShouldHaveSingleItem();
        flush.Inserts.ShouldHaveSingleItem();
        flush.Leases.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_finished_job_and_the_next_lease_go_into_one_flush()
    {
        _world.EnqueueMany(2);
        var worker = _world.Worker();
        var first = worker.GivenOne();
        _world.HoldsCommits = true;
        _world.Send<ReportReply>(new ReportRequest([new Report(first.Lease, ReportOutcome.Complete)]));
        _world.Turn();
        var flush = _world.UnderWay.ShouldHaveSingleItem();
        flush.Outcomes.ShouldHaveSingleItem();
        flush.Leases.ShouldHaveSingleItem();
    }

    [Fact]
    public void Two_flushes_are_under_way_at_most_and_the_rest_gathers()
    {
        _world.Enqueue(NewJob());
        _world.HoldsCommits = true;
        var calls = new List<EnvelopeOf<EnqueueReply>>();
        for (var i = 0; i < 5; i++)
        {
            calls.Add(_world.Send<EnqueueReply>(new EnqueueRequest([NewJob()])));
            _world.Turn();
        }

        _world.UnderWay.Count.ShouldBe(2);
        _world.Commit();
        _world.Turn();
        _world.UnderWay.Count.ShouldBe(2);
        _world.UnderWay[1].Inserts.Count.ShouldBe(3);
        calls.Count(c => c.Task.IsCompleted).ShouldBe(1);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(31, 31, 1)]
    [InlineData(32, 1, 2)]
    [InlineData(1, 32, 2)]
    public void A_small_flush_waits_for_one_that_is_as_small(int first, int second, int underWay)
    {
        var world = new World();
        world.Enqueue(NewJob());
        world.HoldsCommits = true;
        foreach (var count in (int[])[first, second])
        {
            world.Send<EnqueueReply>(new EnqueueRequest([.. Enumerable.Range(0, count).Select(_ => NewJob())]));
            world.Turn();
        }

        world.UnderWay.Count.ShouldBe(underWay);
    }

    [Fact]
    public void Nothing_overtakes_a_flush_that_changes_rules()
    {
        _world.HoldsCommits = true;
        _world.Send<ResourceReply>(new ResourceRequest.Delete(ResourceKind.Limit, "x"));
        _world.Send<ResourceReply>(new ResourceRequest.Put("x", new PauseRule(RuleMatch.Any)));
        _world.Turn();
        _world.Send<EnqueueReply>(new EnqueueRequest([NewJob()]));
        _world.Turn();
        _world.UnderWay.Count.ShouldBe(1);
        _world.Commit();
        _world.Turn();
        _world.UnderWay.Single().Inserts.Count.ShouldBe(1);
    }

    [Fact]
    public void A_flush_that_changes_a_job_waits_for_the_flush_that_did_so_before()
    {
        _world.HoldsCommits = true;
        var enqueue = _world.Send<EnqueueReply>(new EnqueueRequest([NewJob()]));
        _world.Turn();
        var id = _world.UnderWay[0].Inserts[0].Id;
        var cancel = _world.Send<ControlReply>(new ControlJobRequest(id, ControlAction.Cancel));
        _world.Turn();
        _world.UnderWay.Count.ShouldBe(1);
        _world.Commit();
        enqueue.Task.IsCompleted.ShouldBeTrue();
        cancel.Task.IsCompleted.ShouldBeFalse();
        _world.Turn();
        _world.Commit();
        cancel.Reply().State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public void A_lease_does_not_wait_for_the_insert_of_its_job()
    {
        _world.Enqueue(NewJob());
        _world.HoldsCommits = true;
        _world.Send<EnqueueReply>(new EnqueueRequest([NewJob()]));
        _world.Turn();
        _world.Send<RegisterReply>(new RegisterRequest { Worker = "w", Types = ["*"], Slots = 2 });
        _world.Turn();
        _world.UnderWay.Count.ShouldBe(2);
        _world.UnderWay[1].Leases.Count.ShouldBe(2);
    }

    [Fact]
    public void Flushes_are_committed_in_their_order_only()
    {
        _world.Enqueue(NewJob());
        _world.HoldsCommits = true;
        _world.Send<EnqueueReply>(new EnqueueRequest([NewJob()]));
        _world.Turn();
        _world.Send<EnqueueReply>(new EnqueueRequest([NewJob()]));
        _world.Turn();
        var second = new Work(_world.UnderWay[1]);
        Should.Throw<InvalidOperationException>(() => _world.Dispatcher.Committed(second));
    }

    [Fact]
    public void A_job_that_is_cancelled_before_its_worker_heard_of_it_is_cancelled_there_too()
    {
        var worker = _world.Worker();
        _world.HoldsCommits = true;
        for (var i = 0; i < 2; i++)
        {
            _world.Send<EnqueueReply>(new EnqueueRequest([NewJob("u", dueAt: World.Start + 60_000)]));
            _world.Turn();
        }

        _world.Send<EnqueueReply>(new EnqueueRequest([NewJob()]));
        _world.Turn();
        _world.Dispatcher.OpenLeases.ShouldBe(1);
        _world.Send<BulkReply>(new BulkRequest(BulkAction.Cancel, new JobMatch { Types = ["t"] }, null, null, false));
        _world.HoldsCommits = false;
        while (_world.UnderWay.Count > 0) _world.Commit();
        _world.Settle();
        _world.Counts().Dropped.ShouldBe(1);
        worker.Told().OfType<SessionMessage.Cancel>().Count().ShouldBe(1);
    }

    [Fact]
    public void A_full_flush_makes_the_inbox_wait()
    {
        var world = new World(new DispatcherOptions { FlushOperations = 10, SmallFlush = 0 });
        world.Enqueue(NewJob());
        world.HoldsCommits = true;
        for (var i = 0; i < 4; i++) world.Send<EnqueueReply>(new EnqueueRequest([.. Enumerable.Range(0, 10).Select(_ => NewJob())]));
        for (var i = 0; i < 10; i++) world.Turn();
        world.UnderWay.Sum(f => f.Inserts.Count).ShouldBe(20);
        world.Dispatcher.IsFull.ShouldBeTrue();
    }

    [Fact]
    public void What_was_not_committed_is_not_there_after_a_crash()
    {
        _world.Enqueue(NewJob());
        _world.HoldsCommits = true;
        _world.Send<EnqueueReply>(new EnqueueRequest([NewJob()]));
        _world.Turn();
        _world.HoldsCommits = false;
        _world.Restart();
        _world.Counts().Ready.ShouldBe(1);
        _world.Worker().RunAll().Count.ShouldBe(1);
    }

    [Fact]
    public void A_caller_that_has_gone_is_not_served()
    {
        var gone = new CancellationToken(canceled: true);
        var enqueue = _world.SendUntil<EnqueueReply>(new EnqueueRequest([NewJob()]), gone);
        _world.Settle();
        enqueue.Task.IsFaulted.ShouldBeTrue();
        _world.Database.Live.ShouldBeEmpty();
    }
}
