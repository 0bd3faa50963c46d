using System.Text.Json;
using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Grains.Events;
using Worcr.Unit.Grains.Driving;

namespace Worcr.Unit.Grains;

public sealed class EventTests
{
    private readonly World _world = new();

    [Fact]
    public void A_job_is_told_of_from_its_enqueue_to_its_end()
    {
        var listener = _world.Listen("job.*", "worker.*");
        var id = _world.Enqueue(WorldCalls.NewJob("mail", "acme", options: WorldCalls.Retrying(maxAttempts: 2)));
        var worker = _world.Worker();
        _world.Report(worker.GivenOne(), ReportOutcome.Fail, new JobError("smtp", "no"));
        _world.Advance(1_000);
        _world.Complete(worker.GivenOne());
        var events = listener.Heard();
        events.Select(e => e.Event).ShouldBe(
            ["listening", "job.enqueued", "worker.joined", "job.started", "job.failed", "job.retrying", "job.started", "job.succeeded"]);
        events.Where(e => e.Event.StartsWith("job.", StringComparison.Ordinal)).ShouldAllBe(e => e.Job == id && e.Type == "mail" && e.Tenant == "acme" && e.Queue == "default");
        events.Select(e => e.Id).ShouldBe(events.Select(e => e.Id).Order());
        Data(events[4]).GetProperty("code").GetString().ShouldBe("smtp");
        Data(events[5]).GetProperty("delayMs").GetInt64().ShouldBe(1_000);
        Data(events[6]).GetProperty("attempt").GetInt32().ShouldBe(2);
    }

    [Fact]
    public void Other_ends_have_other_names()
    {
        var listener = _world.Listen("job.dead", "job.cancelled", "job.expired", "job.discarded", "job.yielded", "worker.left");
        var worker = _world.Worker();
        _world.Enqueue(WorldCalls.NewJob(options: WorldCalls.Retrying(maxAttempts: 1)));
        _world.Report(worker.GivenOne(), ReportOutcome.Fail);
        _world.Enqueue(WorldCalls.NewJob());
        _world.Report(worker.GivenOne(), ReportOutcome.Yield);
        var running = worker.GivenOne();
        _world.Enqueue(WorldCalls.NewJob(expiresAt: _world.Now + 500));
        _world.Advance(1_000);
        _world.Control(running.Id, ControlAction.Cancel);
        _world.Enqueue(WorldCalls.NewJob(dueAt: _world.Now + 500));
        _world.Bulk(BulkAction.Discard).ShouldBe(1);
        _world.Session(worker, SessionAction.Close);
        listener.Heard().Select(e => e.Event).ShouldBe(["listening", "job.dead", "job.yielded", "job.expired", "job.cancelled", "job.discarded", "worker.left"]);
    }

    [Fact]
    public void An_event_is_told_when_its_cause_is_durable()
    {
        var listener = _world.Listen("job.*");
        listener.Heard();
        _world.HoldsCommits = true;
        _world.Send<EnqueueReply>(new EnqueueRequest([WorldCalls.NewJob()]));
        _world.Settle();
        listener.Heard().ShouldBeEmpty();
        _world.Commit();
        listener.Heard().ShouldHaveSingleItem().Event.ShouldBe("job.enqueued");
    }

    [Fact]
    public void A_listener_hears_what_it_asked_for()
    {
        var one = _world.Listen(new EventsRequest(["job.enqueued"], Type: "a"));
        var other = _world.Listen(new EventsRequest([], Tenant: "x"));
        var third = _world.Listen(new EventsRequest(["slo.*"]));
        _world.Enqueue(WorldCalls.NewJob("a", "x"));
        _world.Enqueue(WorldCalls.NewJob("a", "y"));
        _world.Enqueue(WorldCalls.NewJob("b", "x"));
        _world.Worker(queues: ["none"]);
        one.Heard().Count.ShouldBe(3);
        other.Heard().Count.ShouldBe(3);
        third.Heard().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_slow_listener_loses_the_oldest_and_is_told_how_many()
    {
        var listener = _world.Listen("job.enqueued");
        _world.EnqueueMany(EventListener.Capacity + 9);
        var events = listener.Heard();
        events[0].Event.ShouldBe("lagged");
        Data(events[0]).GetProperty("lost").GetInt64().ShouldBe(10);
        events.Count.ShouldBe(EventListener.Capacity + 1);
        events.Select(e => e.Id).ShouldBe(events.Select(e => e.Id).Order());
        events[^1].Id.ShouldBe(EventListener.Capacity + 9);
    }

    [Fact]
    public void Listeners_are_bounded_and_those_that_left_make_room()
    {
        var listeners = Enumerable.Range(0, Dispatcher.MaxListeners).Select(_ => _world.Listen()).ToArray();
        _world.Ask<ListenReply>(new EventsRequest([])).Listener.ShouldBeNull();
        _world.Dispatcher.Forget(listeners[7]);
        _world.Listen();
    }

    [Fact]
    public void A_tenant_that_is_paused_and_a_limit_without_rest_are_news()
    {
        _world.Put("one", new LimitRule(RuleMatch.Any, new LimitSpec(LimitKind.Concurrency, 1)));
        var listener = _world.Listen("tenant.*", "limit.saturated", "job.progress");
        var worker = _world.Worker(slots: 4);
        _world.EnqueueMany(3);
        _world.Complete(worker.GivenOne());
        var job = worker.GivenOne();
        _world.Ask<NoteReply>(new NoteRequest.Progress(job.Lease, "rows", 5, 10));
        _world.Advance(1_000);
        _world.Complete(job);
        _world.Put("acme", new TenantRule { IsPaused = true });
        _world.Put("acme", new TenantRule { IsPaused = true, MaxConcurrency = 3 });
        _world.Put("acme", new TenantRule());
        listener.Heard().Select(e => e.Event).ShouldBe(["listening", "limit.saturated", "job.progress", "limit.saturated", "tenant.paused", "tenant.resumed"]);
    }

    [Fact]
    public void The_stream_ends_with_the_dispatcher()
    {
        var listener = _world.Listen();
        _world.Dispatcher.Abandon();
        listener.Heard().ShouldHaveSingleItem();
        listener.ReadAsync(TestContext.Current.CancellationToken).ToBlockingEnumerable(TestContext.Current.CancellationToken).ShouldBeEmpty();
    }

    [Fact]
    public void Every_kind_has_a_name_of_its_own()
    {
        EventNames.All.Distinct().Count().ShouldBe(Enum.GetValues<EventKind>().Length);
        EventNames.Of(EventKind.JobDead).ShouldBe("job.dead");
        EventNames.Of(EventKind.Lagged).ShouldBe("lagged");
        EventNames.IsPattern("slo.*").ShouldBeTrue();
        EventNames.IsPattern("*").ShouldBeTrue();
        EventNames.IsPattern("job.died").ShouldBeFalse();
        EventNames.IsPattern("jo*").ShouldBeFalse();
    }

    private static JsonElement Data(DispatcherEvent happened) => JsonSerializer.Deserialize<JsonElement>(happened.Data);
}
