using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>How many jobs wait for their time: exact, and read in no time after a start.</summary>
public sealed class WaitingCountTests
{
    private readonly World _world = new();

    [Fact]
    public void Every_way_into_waiting_and_out_of_it_is_counted()
    {
        var ids = _world.EnqueueMany(10, i => NewJob(dueAt: _world.Now + 10_000 + i));
        _world.Enqueue(NewJob("r", options: Retrying()));
        Counts().ShouldBe((10, 0));
        var worker = _world.Worker(types: ["r"]);
        _world.Report(worker.GivenOne(), ReportOutcome.Fail);
        Counts().ShouldBe((10, 1));
        _world.Control(ids[0], ControlAction.Cancel);
        _world.Control(ids[1], ControlAction.Retry);
        Counts().ShouldBe((8, 1));
        _world.Bulk(BulkAction.Reweigh, states: [JobState.Scheduled], weight: 3).ShouldBe(8);
        Counts().ShouldBe((8, 1));
        _world.Advance(10_003);
        Counts().ShouldBe((6, 0));
        _world.Bulk(BulkAction.Cancel, states: [JobState.Scheduled]).ShouldBe(6);
        Counts().ShouldBe((0, 0));
    }

    [Fact]
    public void A_start_reads_two_numbers_and_no_jobs()
    {
        var due = _world.Now + (30L * 86_400_000);
        _world.EnqueueMany(3_000, _ => NewJob(dueAt: due));
        _world.Enqueue(NewJob("r", options: Retrying(baseMs: 3_600_000)));
        _world.Report(_world.Worker().GivenOne(), ReportOutcome.Fail);
        for (var life = 0; life < 3; life++)
        {
            _world.Restart();
            _world.Dispatcher.JobsInMemory.ShouldBe(0);
            Counts().ShouldBe((3_000, 1));
        }

        _world.Advance(due - _world.Now);
        Counts().ShouldBe((0, 0));
        _world.Restart();
        Counts().ShouldBe((0, 0));
    }

    [Fact]
    public void What_was_not_committed_is_not_counted()
    {
        _world.Enqueue(NewJob(dueAt: _world.Now + 1_000_000));
        _world.HoldsCommits = true;
        _world.Send<EnqueueReply>(new EnqueueRequest([NewJob(dueAt: _world.Now + 1_000_000)]));
        _world.Turn();
        _world.HoldsCommits = false;
        _world.Restart();
        Counts().ShouldBe((1, 0));
    }

    private (long Scheduled, long Retrying) Counts()
    {
        var stats = _world.Ask<StatsReply>(new StatsRequest());
        return (stats.Scheduled, stats.Retrying);
    }
}
