using System.Text;
using Worcr.Core.Rules;
using Worcr.Core.Slo;
using Worcr.Grains;
using Worcr.Store;

namespace Worcr.Unit.Api;

/// <summary>Objects that many tests need.</summary>
public static class Samples
{
    public static readonly Guid Id = new("0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f");

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static Job Job(JobState state) => new()
    {
        Id = Id,
        Shape = new LaneShape("email.send", "acme", "default", ["a", "b"], 2.5, 300_000, "account-7"),
        Priority = -3,
        Args = Utf8("""{"to":"a@b.c"}"""),
        CreatedAt = 1_780_000_000_000,
        ReadyAt = 1_780_000_000_500,
        Attempt = 2,
        Fails = 1,
        State = state,
        Checkpoints = Utf8("""{"page":7}"""),
        Options = new JobOptions { Meta = Utf8("""{"k":1}"""), Unique = new UniquePolicy("u", UniqueUntil.Started, 1_000, UniqueConflict.Reject), ResultTtlMs = 60_000 },
    };

    public static JobView Running() => new(Job(JobState.Running), 1_780_000_001_000, "w1", null, false);

    public static JobView Succeeded(bool resultExpired = false) => new(Job(JobState.Succeeded), 1_780_000_001_000, "w1", Outcome(), resultExpired);

    public static StatsReply Stats() => new()
    {
        Jobs = new JobCounts { Ready = 3, Running = 2, Enqueued = 10, Succeeded = 5 },
        Tenants = [new("acme", new JobCounts { Ready = 3 })],
        Types = [new("say \"hi\"\n", new JobCounts { Ready = 3 })],
        Workers = [new WorkerView(1, "w1", "signalr", ["*"], [], [], 10, 2, "attached", 1_780_000_000_000)],
        Orders = [new OrderView("gone", new WorkerRule(WorkerOrder.Quiet, 1_780_000_000_000, 1_780_000_005_000))],
        Endpoints = [new EndpointView("mailer", 10, new EndpointFigures(EndpointState.Resting) { InFlight = 2, Delivered = 6, Failed = 5, Rests = 4, Answers = new EndpointAnswers(5, 1, 2, 0, 3, 0) })],
        StartLatencyMs = (1, 2, 3),
        Load = new LoadView(0, 0.5, 50, 4),
        Queues = [new QueueView("default", QueueState.Pausing, new JobCounts { Ready = 3, Running = 2 })],
        Rates = new RateFigures(1, 2, 3),
        Limits = [new("api", new LimitUsage("shop-1", 3, 10, 0, 1))],
        Slo = [Slo("mail", isTenant: false), Slo("acme", isTenant: true)],
        Violations = [new ViolationCount("mail", ViolationKind.MaxRunTime, 3)],
    };

    private static SloFigures Slo(string name, bool isTenant) => new()
    {
        Name = name,
        IsTenant = isTenant,
        Target = 0.9,
        Alert = SloAlert.Page,
        Windows = [new(0, 0), new(1, 3), new(1, 3), new(2, 3)],
        Waiting = 7,
        MissInMs = isTenant ? null : 240_000,
    };

    public static ViolationView Violation() => new()
    {
        At = 1_780_000_000_000,
        Kind = ViolationKind.MaxRunTime,
        Job = Id,
        Type = "mail",
        Tenant = "acme",
        Worker = "w1",
        Attempt = 2,
        AllowedMs = 1_000,
        ActualMs = 1_500,
        IsOpen = false,
        Action = ViolationAction.Interrupt,
        YieldMs = 500,
    };

    private static JobOutcome Outcome() => new()
    {
        Seq = 1,
        State = JobState.Succeeded,
        Attempt = 2,
        Yields = 0,
        Fails = 1,
        StartedAt = 1_780_000_001_000,
        FinishedAt = 1_780_000_002_000,
        Worker = "w1",
        Result = Utf8("""{"sent":true}"""),
    };
}
