using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;

namespace Worcr.Unit.Grains;

/// <summary>What has finished is kept for its time, also when a clock was wrong in between.</summary>
public sealed class RetentionTests
{
    private const long Day = 86_400_000;
    private const long Year = 365 * Day;
    private readonly World _world = new();

    [Fact]
    public void A_clock_that_is_a_year_ahead_drops_nothing_early()
    {
        var id = FinishOne();
        Retire(uptime: 0);
        _world.Now += Year;
        Retire(uptime: 60_000);
        _world.View(id).ShouldNotBeNull();
        Retire(uptime: Day);
        _world.View(id).ShouldNotBeNull();
        _world.Now = World.Start + Day;
        _world.Restart();
        Retire(uptime: 0);
        _world.View(id).ShouldNotBeNull();
    }

    [Fact]
    public void A_start_with_a_clock_that_is_a_year_ahead_drops_nothing_early()
    {
        var id = FinishOne();
        Retire(uptime: 0);
        _world.Now += Year;
        _world.Restart();
        Retire(uptime: 0);
        Retire(uptime: 60_000);
        _world.View(id).ShouldNotBeNull();
    }

    [Fact]
    public void A_clock_that_jumps_back_drops_nothing_early_and_keeps_nothing_long()
    {
        var id = FinishOne();
        Retire(uptime: 0);
        _world.Now -= Year;
        _world.Restart();
        Retire(uptime: 0);
        _world.View(id).ShouldNotBeNull();
        _world.Now = World.Start + (6 * Day);
        _world.Restart();
        for (var passed = 0L; passed <= 10 * Day; passed += Day / 4, _world.Now += Day / 4) Retire(passed);
        _world.View(id).ShouldBeNull();
    }

    [Fact]
    public void With_a_right_clock_the_retention_is_kept_to_the_day()
    {
        var id = FinishOne();
        for (var passed = 0L; passed < 7 * Day; passed += Day / 4, _world.Now += Day / 4)
        {
            Retire(passed);
            if (passed % Day == 0) _world.Restart();
        }

        _world.View(id).ShouldNotBeNull();
        _world.Now += Day;
        Retire(8 * Day);
        _world.View(id).ShouldBeNull();
    }

    [Fact]
    public void Dead_jobs_and_batches_go_by_the_same_clock()
    {
        var batch = Guid.NewGuid();
        _world.Put(NamespaceRule.Name, new NamespaceRule { DeadRetentionMs = Day });
        var job = _world.Ask<BatchReply>(new BatchRequest.Create(batch, null, false, [WorldCalls.NewJob(options: WorldCalls.Retrying(maxAttempts: 1))])).Jobs.Single().Id;
        _world.Report(_world.Worker().GivenOne(), ReportOutcome.Fail).ShouldBeTrue();
        Retire(uptime: 0);
        _world.Now += Year;
        Retire(uptime: 60_000);
        _world.State(job).ShouldBe(JobState.Dead);
        _world.Ask<BatchReply>(new BatchRequest.Read(batch)).Refusal.ShouldBeNull();
    }

    private Guid FinishOne()
    {
        var id = _world.Enqueue(WorldCalls.NewJob());
        _world.Control(id, ControlAction.Cancel);
        return id;
    }

    /// <summary>As the host does.</summary>
    private void Retire(long uptime)
    {
        _world.Settle();
        _world.Store.RetireAsync(_world.Dispatcher.PrepareRetire(uptime), CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
        _world.Store.PruneAsync(_world.Dispatcher.PreparePrune(uptime), CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
        _world.Settle();
    }
}
