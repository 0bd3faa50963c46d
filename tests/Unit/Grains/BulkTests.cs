using System.Text;
using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>What operators do to many jobs, running, in memory and in the store.</summary>
public sealed class BulkTests
{
    private readonly World _world = new(new DispatcherOptions { StrandJobs = 32, WindowJobs = 64 });

    [Fact]
    public void Cancel_ends_everything_that_lives_and_matches()
    {
        var ids = _world.EnqueueMany(2_500, i => NewJob(tenant: i % 2 == 0 ? "a" : "b", dueAt: i % 5 == 0 ? _world.Now + 3_600_000 : 0));
        var worker = _world.Worker(slots: 10);
        var held = worker.Given();
        _world.Bulk(BulkAction.Cancel, new JobMatch { Tenants = ["a"] }).ShouldBe(1_250);
        worker.Told().OfType<SessionMessage.Cancel>().Count().ShouldBe(held.Count(j => j.Shape.Tenant == "a"));
        ids.Where((_, i) => i % 2 == 0).ShouldAllBe(id => _world.State(id) == JobState.Cancelled);
        _world.Database.Live.Values.ShouldAllBe(j => j.Shape.Tenant == "b");
        _world.Database.Live.Count.ShouldBe(1_250);
    }

    [Fact]
    public void A_dry_run_counts_and_changes_nothing()
    {
        _world.EnqueueMany(100, i => NewJob(tags: i % 4 == 0 ? ["eu"] : []));
        foreach (var action in new[] { BulkAction.Cancel, BulkAction.Discard, BulkAction.Reweigh })
            _world.Bulk(action, new JobMatch { AllTags = ["eu"] }, weight: 2, dryRun: true).ShouldBe(25);
        _world.Bulk(BulkAction.Retry, dryRun: true).ShouldBe(0);
        _world.Counts().Ready.ShouldBe(100);
        _world.Counts().Dropped.ShouldBe(0);
    }

    [Fact]
    public void Arguments_are_looked_at_of_jobs_in_memory_in_the_store_and_running()
    {
        var ids = _world.EnqueueMany(300, i => NewJob(args: Encoding.UTF8.GetBytes($$$"""{"shop":{"id":{{{i % 3}}}}}""")));
        _world.Worker(slots: 9).Given().Count.ShouldBe(9);
        ArgMatch[] wanted = [new ArgMatch("shop.id", "1")];
        Cancel(wanted, dryRun: true).ShouldBe(100);
        Cancel(wanted, dryRun: false).ShouldBe(100);
        ids.Where((_, i) => i % 3 == 1).ShouldAllBe(id => _world.State(id) == JobState.Cancelled);
        _world.Database.Live.Count.ShouldBe(200);
        Cancel([new ArgMatch("shop.id", "0"), new ArgMatch("shop.name", "x")], dryRun: false).ShouldBe(0);

        long Cancel(ArgMatch[] args, bool dryRun) =>
            _world.Ask<BulkReply>(new BulkRequest(BulkAction.Cancel, new JobMatch(), null, null, dryRun) { Args = args }).Affected;
    }

    [Fact]
    public void A_job_that_fails_while_its_page_is_read_is_not_forgotten()
    {
        var ids = _world.EnqueueMany(3, _ => NewJob(options: Retrying(baseMs: 3_600_000)));
        var held = _world.Worker(slots: 2).Given();
        _world.HoldsReads = true;
        var bulk = _world.Send<BulkReply>(new BulkRequest(BulkAction.Cancel, new JobMatch(), null, null, false));
        _world.Settle();
        _world.Report(held[0], ReportOutcome.Fail, new JobError("e", "")).ShouldBeTrue();
        _world.Complete(held[1]).ShouldBeTrue();
        _world.HoldsReads = false;
        _world.FinishReads();
        _world.Settle();
        bulk.Reply().Affected.ShouldBe(2);
        ids.Select(_world.State).ShouldBe([JobState.Cancelled, JobState.Succeeded, JobState.Cancelled]);
    }

    [Fact]
    public void Discard_leaves_what_runs()
    {
        _world.EnqueueMany(50);
        var held = _world.Worker(slots: 5).Given();
        _world.Bulk(BulkAction.Discard).ShouldBe(45);
        held.ShouldAllBe(j => _world.Complete(j));
        _world.Database.History.Count(j => j.Outcome!.State == JobState.Discarded).ShouldBe(45);
    }

    [Fact]
    public void Retry_brings_finished_jobs_back_but_not_those_that_succeeded()
    {
        _world.EnqueueMany(200);
        var worker = _world.Worker(slots: 3);
        worker.RunAll(20);
        _world.Bulk(BulkAction.Cancel);
        _world.Session(worker, SessionAction.Close);
        var cancelled = _world.Counts().Dropped;
        _world.Bulk(BulkAction.Retry).ShouldBe(cancelled);
        _world.Bulk(BulkAction.Retry).ShouldBe(0);
        var run = _world.Worker(slots: 7, name: "again").RunAll();
        run.Count.ShouldBe((int)cancelled);
        _world.Database.History.ShouldAllBe(j => j.Outcome!.State == JobState.Succeeded);
        _world.Database.Live.ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_states_asked_for_are_touched()
    {
        _world.EnqueueMany(10);
        _world.EnqueueMany(10, _ => NewJob(dueAt: _world.Now + 3_600_000));
        _world.Worker(slots: 4);
        _world.Bulk(BulkAction.Cancel, states: [JobState.Running]).ShouldBe(4);
        _world.Bulk(BulkAction.Cancel, states: [JobState.Scheduled]).ShouldBe(10);
        _world.Bulk(BulkAction.Cancel, states: [JobState.Succeeded]).ShouldBe(0);
    }

    [Fact]
    public void Another_weight_counts_at_once_and_keeps_the_order()
    {
        var ids = _world.EnqueueMany(300, _ => NewJob(tenant: "a"));
        _world.EnqueueMany(300, _ => NewJob(tenant: "b"));
        _world.Bulk(BulkAction.Reweigh, new JobMatch { Tenants = ["a"] }, weight: 9).ShouldBe(300);
        var run = _world.Worker().RunAll(100);
        run.Count(j => j.Shape.Tenant == "a").ShouldBeInRange(88, 92);
        run.Where(j => j.Shape.Tenant == "a").Select(j => j.Id).ShouldBe(ids.Take(run.Count(j => j.Shape.Tenant == "a")));
        run.Where(j => j.Shape.Tenant == "a").ShouldAllBe(j => j.Shape.Weight == 9);
    }

    [Fact]
    public void Scheduled_and_failed_jobs_are_reweighed_too()
    {
        var scheduled = _world.Enqueue(NewJob(dueAt: _world.Now + 5_000));
        var far = _world.Enqueue(NewJob(dueAt: _world.Now + 3_600_000));
        var failed = _world.Enqueue(NewJob(options: Retrying()));
        var worker = _world.Worker(slots: 5);
        _world.Report(worker.GivenOne(), ReportOutcome.Fail);
        _world.Bulk(BulkAction.Reweigh, weight: 3).ShouldBe(3);
        _world.Advance(1_000);
        worker.GivenOne().ShouldSatisfyAllConditions(j => j.Id.ShouldBe(failed), j => j.Shape.Weight.ShouldBe(3));
        _world.Advance(4_000);
        worker.GivenOne().ShouldSatisfyAllConditions(j => j.Id.ShouldBe(scheduled), j => j.Shape.Weight.ShouldBe(3));
        _world.View(far)!.Job.Shape.Weight.ShouldBe(3);
    }

    [Fact]
    public void A_reweighed_backlog_loses_no_job()
    {
        _world.EnqueueMany(2_000);
        for (var weight = 2; weight < 6; weight++) _world.Bulk(BulkAction.Reweigh, weight: weight).ShouldBe(2_000);
        _world.Restart();
        _world.Worker(slots: 9).RunAll().Select(j => j.Id).Distinct().Count().ShouldBe(2_000);
    }

    [Fact]
    public void Everything_of_the_match_has_to_hold()
    {
        _world.Enqueue(NewJob("a", "t1", queue: "q", tags: ["x", "y"]));
        _world.Enqueue(NewJob("a", "t1", queue: "q", tags: ["x"]));
        _world.Enqueue(NewJob("b", "t1", queue: "q", tags: ["x", "y"]));
        _world.Enqueue(NewJob("a", "t2", queue: "q", tags: ["x", "y"]));
        _world.Enqueue(NewJob("a", "t1", queue: "r", tags: ["x", "y"]));
        _world.Enqueue(NewJob("a", "t1", queue: "q", tags: ["x", "y", "z"]));
        var match = new JobMatch { Types = ["a"], Tenants = ["t1"], Queues = ["q"], AllTags = ["x"], AnyTags = ["y", "w"], NoTags = ["z"] };
        _world.Bulk(BulkAction.Cancel, match).ShouldBe(1);
    }
}
