using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>A dispatcher that starts from the store knows all that its predecessor promised.</summary>
public sealed class RecoveryTests
{
    private readonly World _world = new();

    [Fact]
    public void Open_leases_can_be_claimed_by_their_worker()
    {
        var ids = _world.EnqueueMany(5);
        var held = _world.Worker(slots: 2).Given();
        _world.Restart();
        _world.Counts().ShouldSatisfyAllConditions(c => c.Running.ShouldBe(2), c => c.Ready.ShouldBe(3));
        var after = _world.Worker(slots: 2, held: [.. held.Select(j => j.Lease)]);
        after.Accepted.Count.ShouldBe(2);
        _world.Advance(20_000);
        foreach (var job in held) _world.Complete(job).ShouldBeTrue();
        after.RunAll().Select(j => j.Id).ShouldBe(ids.Skip(2));
    }

    [Fact]
    public void A_report_is_good_even_before_its_worker_has_registered_again()
    {
        _world.Enqueue(NewJob());
        var job = _world.Worker().GivenOne();
        _world.Restart();
        _world.Complete(job).ShouldBeTrue();
        _world.Complete(job).ShouldBeFalse();
    }

    [Fact]
    public void Leases_nobody_claims_are_lost_after_the_grace_time_and_count_as_attempts()
    {
        var id = _world.Enqueue(NewJob());
        _world.Worker().GivenOne();
        _world.Restart();
        _world.Advance(14_999);
        _world.State(id).ShouldBe(JobState.Running);
        _world.Advance(1);
        _world.View(id)!.Job.ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.Ready), j => j.Attempt.ShouldBe(1), j => j.Yields.ShouldBe(0));
        _world.Worker().GivenOne().Attempt.ShouldBe(2);
    }

    [Fact]
    public void What_a_worker_that_came_back_does_not_claim_is_given_back_at_once()
    {
        _world.EnqueueMany(2);
        var held = _world.Worker(slots: 2).Given();
        _world.Restart();
        var after = _world.Worker(slots: 2, held: [held[0].Lease]);
        after.GivenOne().ShouldSatisfyAllConditions(j => j.Id.ShouldBe(held[1].Id), j => j.Attempt.ShouldBe(2));
        _world.Counts().Failed.ShouldBe(0);
    }

    [Fact]
    public void Polled_leases_live_as_long_as_they_were_given()
    {
        _world.Enqueue(NewJob(options: new JobOptions { TimeoutMs = 100_000 }));
        var job = _world.Ask<LeaseReply>(Poll()).Jobs.Single();
        _world.Advance(10_000);
        _world.Restart();
        _world.Advance(89_999);
        _world.Complete(job).ShouldBeTrue();
    }

    [Fact]
    public void Tokens_stay_stale_across_restarts()
    {
        _world.Enqueue(NewJob());
        var first = _world.Worker().GivenOne();
        _world.Restart();
        _world.Advance(15_000);
        var second = _world.Worker().GivenOne();
        _world.Restart();
        _world.Complete(first).ShouldBeFalse();
        _world.Complete(second).ShouldBeTrue();
    }

    [Fact]
    public void A_retry_of_a_job_whose_old_lease_is_in_the_journal_is_no_lease()
    {
        var id = _world.Enqueue(NewJob(options: Retrying()));
        _world.Report(_world.Worker().GivenOne(), ReportOutcome.Fail);
        _world.Restart();
        _world.State(id).ShouldBe(JobState.Retry);
        _world.Dispatcher.OpenLeases.ShouldBe(0);
    }

    [Fact]
    public void Sequence_numbers_go_on()
    {
        var before = _world.EnqueueMany(3);
        _world.Worker(slots: 3).RunAll();
        _world.Restart();
        var after = _world.EnqueueMany(3);
        after.Intersect(before).ShouldBeEmpty();
        after.Select(Seq).Min().ShouldBe(before.Select(Seq).Max() + 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_fold_of_the_journal_loses_nothing(int foldFlushes)
    {
        var world = new World(new DispatcherOptions { FoldFlushes = foldFlushes });
        world.EnqueueMany(100, i => NewJob(tenant: $"t{i % 5}", priority: i % 2, options: Retrying()));
        var worker = world.Worker(slots: 10);
        for (var i = 0; i < 4; i++)
        {
            var given = worker.Given();
            world.Complete(given[0]);
            world.Report(given[1], ReportOutcome.Fail);
            world.Report(given[2], ReportOutcome.Yield);
        }

        var before = world.Counts();
        world.Database.Journal.Count.ShouldBeLessThan(foldFlushes + 3);
        world.Restart();
        var after = world.Counts();
        (after.Ready, after.Running).ShouldBe((before.Ready, before.Running));
        world.Advance(60_000);
        world.Worker(slots: 7, name: "again").RunAll().Count.ShouldBe(96);
        world.Database.Live.ShouldBeEmpty();
    }

    [Fact]
    public void Restarts_at_any_moment_lose_no_job_and_finish_none_twice()
    {
        var chance = new Random(3);
        var world = new World(new DispatcherOptions { StrandJobs = 20, WindowJobs = 50, FoldFlushes = 9 });
        var ids = world.EnqueueMany(400, i => NewJob(tenant: $"t{i % 4}", options: Retrying(maxAttempts: 0)));
        for (var life = 0; life < 12; life++)
        {
            var worker = world.Worker(slots: 1 + chance.Next(30));
            foreach (var job in worker.Given().Where(_ => chance.Next(3) > 0)) world.Report(job, chance.Next(2) == 0 ? ReportOutcome.Complete : ReportOutcome.Yield);
            world.HoldsCommits = true;
            foreach (var job in worker.Given()) world.Send<ReportReply>(new ReportRequest([new Report(job.Lease, ReportOutcome.Complete)]));
            for (var turn = chance.Next(4); turn > 0; turn--) world.Turn();
            world.HoldsCommits = false;
            world.Restart();
        }

        world.Advance(20_000);
        world.Worker(slots: 30, name: "last").RunAll();
        world.Database.Live.ShouldBeEmpty();
        world.Database.History.Select(j => j.Job.Id).Order().ShouldBe(ids.Order());
    }

    private static long Seq(Guid id) => JobId.TryGetSeq(id, out var seq) ? seq : -1;
}
