using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;

namespace Worcr.Unit.Grains;

public sealed class PauseTests
{
    private readonly World _world = new();

    [Fact]
    public void A_queue_goes_from_running_over_pausing_to_paused_and_back()
    {
        var listener = _world.Listen(new EventsRequest(["queue.*", "pause.*"], Queue: "mail"));
        var worker = _world.Worker(slots: 2);
        _world.EnqueueMany(4, _ => WorldCalls.NewJob(queue: "mail"));
        StateOf("mail").ShouldBe(QueueState.Running);
        var jobs = worker.Given();
        Pause("stop", new JobMatch { Queues = ["mail"] });
        StateOf("mail").ShouldBe(QueueState.Pausing);
        _world.Complete(jobs[0]);
        StateOf("mail").ShouldBe(QueueState.Pausing);
        worker.Given().ShouldBeEmpty();
        _world.Complete(jobs[1]);
        StateOf("mail").ShouldBe(QueueState.Paused);
        worker.Given().ShouldBeEmpty();
        _world.Delete(ResourceKind.Pause, "stop");
        StateOf("mail").ShouldBe(QueueState.Running);
        worker.RunAll().Count.ShouldBe(2);
        StateOf("mail").ShouldBe(QueueState.Idle);
        listener.Heard().Skip(1).Select(e => e.Event).ShouldBe(
            ["queue.running", "pause.pausing", "queue.pausing", "pause.paused", "queue.paused", "pause.running", "queue.idle", "queue.running", "queue.idle"]);
    }

    [Theory]
    [InlineData("type")]
    [InlineData("tenant")]
    public void A_pause_of_a_type_or_a_tenant_says_when_it_is_complete(string part)
    {
        var listener = _world.Listen("pause.*", "queue.paused");
        var worker = _world.Worker();
        _world.EnqueueMany(2, _ => WorldCalls.NewJob("mail", "acme"));
        var job = worker.GivenOne();
        Pause("stop", part == "type" ? new JobMatch { Types = ["mail"] } : new JobMatch { Tenants = ["acme"] });
        _world.Complete(job);
        _world.Delete(ResourceKind.Pause, "stop");
        var events = listener.Heard().Skip(1).ToList();
        events.Select(e => e.Event).ShouldBe(["pause.pausing", "pause.paused", "pause.running"]);
        events.ShouldAllBe(e => part == "type" ? e.Type == "mail" : e.Tenant == "acme");
        StateOf("default").ShouldBe(QueueState.Running, "a pause of a part of its jobs does not pause a queue");
    }

    [Fact]
    public void A_pause_survives_a_restart_and_counts_what_ran_before()
    {
        _world.Enqueue(WorldCalls.NewJob(queue: "mail"));
        _world.Enqueue(WorldCalls.NewJob(queue: "mail"));
        var job = _world.Worker(name: "a").GivenOne();
        Pause("stop", new JobMatch { Queues = ["mail"] });
        _world.Restart();
        StateOf("mail").ShouldBe(QueueState.Pausing);
        var listener = _world.Listen("pause.*", "queue.*");
        var worker = _world.Worker(name: "a", held: [job.Lease]);
        _world.Complete(job);
        StateOf("mail").ShouldBe(QueueState.Paused);
        worker.Given().ShouldBeEmpty();
        listener.Heard().Skip(1).Select(e => e.Event).ShouldBe(["pause.paused", "queue.paused"]);
    }

    [Fact]
    public void A_pause_that_is_edited_counts_what_it_meets_now()
    {
        var worker = _world.Worker(slots: 2);
        _world.Enqueue(WorldCalls.NewJob(queue: "a"));
        _world.Enqueue(WorldCalls.NewJob(queue: "b"));
        var jobs = worker.Given();
        Pause("stop", new JobMatch { Queues = ["a"] });
        var listener = _world.Listen("pause.*");
        _world.Complete(jobs.Single(j => j.Shape.Queue == "a"));
        Pause("stop", new JobMatch { Queues = ["b"] });
        (StateOf("a"), StateOf("b")).ShouldBe((QueueState.Idle, QueueState.Pausing));
        _world.Complete(jobs.Single(j => j.Shape.Queue == "b"));
        listener.Heard().Skip(1).Select(e => e.Event).ShouldBe(["pause.paused", "pause.pausing", "pause.paused"]);
    }

    [Fact]
    public void Counts_are_kept_for_each_queue()
    {
        var worker = _world.Worker();
        _world.Enqueue(WorldCalls.NewJob(queue: "mail", options: WorldCalls.Retrying(maxAttempts: 1)));
        _world.Report(worker.GivenOne(), ReportOutcome.Fail);
        _world.EnqueueMany(3, _ => WorldCalls.NewJob(queue: "mail"));
        _world.Complete(worker.GivenOne());
        var counts = _world.Stats().Queues.Single(q => q.Name == "mail").Jobs;
        (counts.Ready, counts.Running, counts.Enqueued, counts.Succeeded, counts.Failed, counts.Dead).ShouldBe((1, 1, 4, 1, 1, 1));
    }

    [Fact]
    public void The_retention_of_the_settings_is_what_counts()
    {
        var day = World.Start / 86_400_000;
        _world.Dispatcher.PrepareRetire(0).BeforeDay.ShouldBe((int)((World.Start - (7L * 86_400_000)) / 86_400_000));
        _world.Put(NamespaceRule.Name, new NamespaceRule { RetentionMs = 86_400_000 });
        _world.Dispatcher.PrepareRetire(0).BeforeDay.ShouldBe((int)day - 1);
        _world.Dispatcher.PreparePrune(0).ShouldBe(_world.Dispatcher.PreparePrune(0) with { BeforeDay = (int)day - 1, DeadBefore = World.Start - 86_400_000, MaxDead = 100_000 });
        _world.Put(NamespaceRule.Name, new NamespaceRule { RetentionMs = 86_400_000, DeadRetentionMs = 3_600_000, MaxDead = 5 });
        _world.Restart();
        var prune = _world.Dispatcher.PreparePrune(0);
        (prune.DeadBefore, prune.MaxDead).ShouldBe((World.Start - 3_600_000, 5));
    }

    private QueueState StateOf(string queue) => _world.Stats().Queues.Single(q => q.Name == queue).State;

    private void Pause(string name, JobMatch match) => _world.Put(name, new PauseRule(new RuleMatch { Job = match }));
}
