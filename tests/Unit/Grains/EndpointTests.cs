using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>What the dispatcher knows of endpoints: the resource, and leases whose worker goes on by itself.</summary>
public sealed class EndpointTests
{
    private static readonly EndpointRule Rule = new("https://example.com/", ["*"]) { Secret = "whsec_a" };
    private readonly World _world = new();

    public EndpointTests() => _world.Put("e", Rule);

    [Fact]
    public void A_lease_that_goes_on_outlives_its_session_and_keeps_its_own_time()
    {
        var (id, job, worker) = Started();
        GoOn(job).Accepted.ShouldBeTrue();
        _world.Session(worker, SessionAction.Close);
        _world.State(id).ShouldBe(JobState.Running);
        _world.Advance(29_000);
        _world.State(id).ShouldBe(JobState.Running);
        _world.Complete(job, "7").ShouldBeTrue();
        _world.State(id).ShouldBe(JobState.Succeeded);
    }

    [Fact]
    public void It_times_out_like_any_other()
    {
        var (id, job, worker) = Started();
        GoOn(job);
        _world.Session(worker, SessionAction.Detach);
        _world.Advance(60_000);
        _world.View(id)!.Job.Attempt.ShouldBe(1);
        _world.State(id).ShouldNotBe(JobState.Running);
        _world.Complete(job).ShouldBeFalse();
    }

    [Fact]
    public void Until_it_ends_it_takes_a_slot()
    {
        var (_, job, worker) = Started();
        GoOn(job);
        _world.Enqueue(NewJob());
        worker.Given().ShouldBeEmpty();
        _world.Complete(job);
        worker.GivenOne();
    }

    [Fact]
    public void The_next_session_has_that_slot_taken_too()
    {
        var (_, job, worker) = Started();
        GoOn(job);
        _world.Session(worker, SessionAction.Close);
        var next = Endpoint();
        _world.Enqueue(NewJob());
        next.Given().ShouldBeEmpty();
        _world.Complete(job).ShouldBeTrue();
        next.GivenOne();
    }

    [Fact]
    public void A_session_in_place_of_another_takes_both_kinds_of_leases_over()
    {
        var ids = _world.EnqueueMany(3);
        var worker = Endpoint(slots: 2);
        var jobs = worker.Given();
        GoOn(jobs[0]);
        var next = Endpoint(slots: 2, held: [jobs[1].Lease]);
        next.Accepted.ShouldBe([jobs[1].Lease]);
        _world.Session(worker, SessionAction.Close);
        ids[..2].ShouldAllBe(id => _world.State(id) == JobState.Running);
        next.Given().ShouldBeEmpty();
        _world.Complete(jobs[0]).ShouldBeTrue();
        next.GivenOne().Id.ShouldBe(ids[2]);
        _world.Complete(jobs[1]).ShouldBeTrue();
    }

    [Fact]
    public void It_survives_a_restart_while_what_was_only_sent_is_sent_again()
    {
        var ids = _world.EnqueueMany(2);
        var jobs = Endpoint(slots: 2).Given();
        GoOn(jobs[0]);
        _world.Restart();
        var next = Endpoint(slots: 2);
        next.GivenOne().ShouldSatisfyAllConditions(j => j.Id.ShouldBe(ids[1]), j => j.Attempt.ShouldBe(2));
        _world.Complete(jobs[1]).ShouldBeFalse();
        _world.Complete(jobs[0]).ShouldBeTrue();
        _world.State(ids[0]).ShouldBe(JobState.Succeeded);
    }

    [Fact]
    public void A_stale_lease_does_not_go_on()
    {
        var (_, job, _) = Started();
        _world.Complete(job);
        GoOn(job).Accepted.ShouldBeFalse();
    }

    [Fact]
    public void A_session_says_how_many_leases_it_holds()
    {
        var (_, _, worker) = Started();
        _world.Ask<SessionReply>(new SessionRequest(worker.Session, SessionAction.Heartbeat)).Held.ShouldBe(1);
    }

    [Fact]
    public void Who_listens_is_told_of_changes_when_they_are_durable()
    {
        var listener = _world.Listen("endpoint.changed");
        _world.Put("e", Rule with { Slots = 2 });
        _world.Delete(ResourceKind.Endpoint, "e");
        listener.Heard().Select(e => e.Event).ShouldBe(["listening", "endpoint.changed", "endpoint.changed"]);
    }

    [Fact]
    public void A_secret_that_nobody_gave_holds_only_where_there_is_none()
    {
        _world.Put("e", Rule with { Secret = "whsec_b", IsSecretNew = true });
        Kept("e").ShouldSatisfyAllConditions(r => r.Secret.ShouldBe("whsec_a"), r => r.IsSecretNew.ShouldBeFalse());
        _world.Put("f", Rule with { Secret = "whsec_b", IsSecretNew = true });
        Kept("f").ShouldSatisfyAllConditions(r => r.Secret.ShouldBe("whsec_b"), r => r.IsSecretNew.ShouldBeFalse());
        _world.Put("e", Rule with { Secret = "whsec_c" });
        Kept("e").Secret.ShouldBe("whsec_c");
        _world.Restart();
        Kept("e").Secret.ShouldBe("whsec_c");
        var preview = _world.Ask<ResourceReply>(new ResourceRequest.Preview("e", Rule with { Secret = "whsec_d", IsSecretNew = true })).Items.Single();
        ((EndpointRule)preview.Body).Secret.ShouldBe("whsec_c");
    }

    [Fact]
    public void A_rule_does_not_say_its_secret_to_a_log() => Rule.ToString().ShouldNotContain("whsec_");

    [Fact]
    public void Figures_are_told_as_they_were_noted_with_the_leases_it_holds()
    {
        Started();
        var error = new JobError("503", "full");
        _world.Ask<ResourceReply>(new ResourceRequest.Note("e", new EndpointFigures(EndpointState.Resting) { Delivered = 3, Failed = 1, LastError = error })).Refusal.ShouldBeNull();
        Figures("e").ShouldBe(new EndpointFigures(EndpointState.Resting) { Delivered = 3, Failed = 1, LastError = error, InFlight = 1 });
        _world.Ask<ResourceReply>(new ResourceRequest.Note("nobody", new EndpointFigures(EndpointState.Open))).Refusal.ShouldNotBeNull();
        _world.Delete(ResourceKind.Endpoint, "e");
        _world.Put("e", Rule);
        Figures("e").ShouldBe(new EndpointFigures(EndpointState.Open));
    }

    private (Guid Id, LeasedJob Job, TestWorker Worker) Started()
    {
        var id = _world.Enqueue(NewJob(options: new JobOptions { TimeoutMs = 30_000 }));
        var worker = Endpoint();
        return (id, worker.GivenOne(), worker);
    }

    private TestWorker Endpoint(int slots = 1, LeaseToken[]? held = null) => new(_world, _world.Ask<RegisterReply>(new RegisterRequest
    {
        Worker = EndpointRule.WorkerOf("e"),
        Types = ["*"],
        Slots = slots,
        Prefetch = 0,
        Held = held ?? [],
        Adopts = true,
    }));

    private NoteReply GoOn(LeasedJob job) => _world.Ask<NoteReply>(new NoteRequest.GoOn(job.Lease));

    private EndpointRule Kept(string name) => (EndpointRule)Read(name).Body;

    [Fact]
    public void The_figures_of_the_namespace_have_the_endpoints_that_are_sent_most()
    {
        for (var i = 0; i < 120; i++) _world.Put($"e{i}", Rule with { IsPaused = i == 119 });
        _world.Ask<ResourceReply>(new ResourceRequest.Note("e119", new EndpointFigures(EndpointState.Open) { Delivered = 7 }));
        var endpoints = _world.Stats().Endpoints;
        endpoints.Count.ShouldBe(100);
        (endpoints[0].Name, endpoints[0].Figures.State, endpoints[0].Figures.Delivered).ShouldBe(("e119", EndpointState.Paused, 7));
    }

    private EndpointFigures Figures(string name) => Read(name).Figures.Endpoint.ShouldNotBeNull();

    private ResourceView Read(string name) => _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Endpoint, name)).Items.Single();
}
