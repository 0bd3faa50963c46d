using System.Text;
using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Grains;

namespace Worcr.Unit.Grains.Driving;

/// <summary>What tests say to a dispatcher, in short.</summary>
internal static class WorldCalls
{
    public static Job NewJob(
        string type = "t", string tenant = "", int priority = 0, double weight = 1, string? orderKey = null, string queue = "default",
        string[]? tags = null, long dueAt = 0, long expiresAt = 0, JobOptions? options = null, Guid? id = null, byte[]? args = null, long sloMs = 0) => new()
        {
            Shape = new LaneShape(type, tenant, queue, tags ?? [], weight, sloMs, orderKey),
            Priority = priority,
            DueAt = dueAt,
            ExpiresAt = expiresAt,
            Options = options ?? JobOptions.Default,
            Id = id ?? Guid.Empty,
            HasClientId = id is not null,
            Args = args ?? "{}"u8.ToArray(),
        };

    public static Job Unique(string key, UniqueUntil until, UniqueConflict onConflict, long forMs = 0, string type = "t") =>
        NewJob(type, options: new JobOptions { Unique = new UniquePolicy(key, until, forMs, onConflict) });

    public static TReply Reply<TReply>(this EnvelopeOf<TReply> envelope)
    {
        envelope.Task.IsCompletedSuccessfully.ShouldBeTrue("there is no answer");
        return envelope.Task.Result;
    }

    public static Guid Enqueue(this World world, Job job) => world.Enqueued(job).Id;

    public static EnqueuedJob Enqueued(this World world, Job job) => world.Ask<EnqueueReply>(new EnqueueRequest([job])).Jobs.Single();

    public static Guid[] EnqueueMany(this World world, int count, Func<int, Job>? make = null)
    {
        var ids = new List<Guid>();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(5_000))
        {
            Job[] jobs = [.. chunk.Select(i => make?.Invoke(i) ?? NewJob())];
            ids.AddRange(world.Ask<EnqueueReply>(new EnqueueRequest(jobs)).Jobs.Select(j => j.Id));
        }

        return [.. ids];
    }

    public static TestWorker Worker(
        this World world, int slots = 1, string name = "w", string[]? types = null, string[]? queues = null, int? prefetch = 0, LeaseToken[]? held = null)
    {
        var request = new RegisterRequest { Worker = name, Types = types ?? ["*"], Queues = queues ?? [], Slots = slots, Prefetch = prefetch, Held = held ?? [] };
        return new TestWorker(world, world.Ask<RegisterReply>(request));
    }

    public static LeaseRequest Poll(int max = 1, long waitMs = 0, string type = "*", string worker = "p") =>
        new() { Worker = worker, Types = [type], Max = max, WaitMs = waitMs };

    public static bool Report(this World world, LeasedJob job, ReportOutcome outcome, JobError? error = null, double runMs = -1) =>
        world.Ask<ReportReply>(new ReportRequest([new Report(job.Lease, outcome, Error: error, RunMs: runMs)])).Accepted.Single();

    public static bool Complete(this World world, LeasedJob job, string? result = null, double runMs = -1) =>
        world.Ask<ReportReply>(new ReportRequest(
            [new Report(job.Lease, ReportOutcome.Complete, result is null ? null : Encoding.UTF8.GetBytes(result), RunMs: runMs)])).Accepted.Single();

    public static void Put(this World world, string name, Resource rule) => world.Ask<ResourceReply>(new ResourceRequest.Put(name, rule)).Refusal.ShouldBeNull();

    public static void Delete(this World world, ResourceKind kind, string name) => world.Ask<ResourceReply>(new ResourceRequest.Delete(kind, name)).Refusal.ShouldBeNull();

    public static JobView? View(this World world, Guid id) => world.Ask<JobReply>(new GetJobRequest(id)).Job;

    public static JobState State(this World world, Guid id) => world.View(id)!.Job.State;

    public static ControlReply Control(this World world, Guid id, ControlAction action) => world.Ask<ControlReply>(new ControlJobRequest(id, action));

    public static void Session(this World world, TestWorker worker, SessionAction action, int slots = 0) =>
        world.Ask<SessionReply>(new SessionRequest(worker.Session, action, slots)).Known.ShouldBeTrue();

    public static long Bulk(this World world, BulkAction action, JobMatch? match = null, JobState[]? states = null, double? weight = null, bool dryRun = false) =>
        world.Ask<BulkReply>(new BulkRequest(action, match ?? new JobMatch(), states, weight, dryRun)).Affected;

    public static Guid[] Query(this World world, JobState? state = null, string? type = null, string? tenant = null, string? tag = null, string? queue = null) =>
        [.. world.Ask<JobPageReply>(new QueryJobsRequest(state, type, tenant, tag, queue, 1_000, null)).Jobs.Select(v => v.Job.Id)];

    public static JobCounts Counts(this World world) => world.Ask<StatsReply>(new StatsRequest()).Jobs;

    public static JobOptions Retrying(int maxAttempts = 25, int maxFails = 0, long baseMs = 1_000) =>
        new() { Retry = new RetryPolicy { MaxAttempts = maxAttempts, MaxFails = maxFails, BaseMs = baseMs, Jitter = 0 } };
}
