using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;
using Worcr.SiloHost.Api.Resources;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Events;
using Worcr.SiloHost.Simulate;

namespace Worcr.SiloHost.Api;

/// <summary>The table of the API: what is not here does not exist.</summary>
internal static class ApiRoutes
{
    /// <summary>All routes below <c>/v1</c> and <c>/v1/ns/{namespace}</c>.</summary>
    public static IEnumerable<ApiRoute> For(IServiceProvider services) =>
    [
        .. Jobs(services.GetRequiredService<EnqueueEndpoint>(), services.GetRequiredService<BulkEndpoint>(), services.GetRequiredService<JobEndpoints>()),
        .. Job(services.GetRequiredService<JobEndpoints>()),
        .. Batches(services.GetRequiredService<BatchEndpoints>()),
        .. ResourceRoutes.For(services),
        .. Explain(services.GetRequiredService<ExplainEndpoints>()),
        .. Workers(services.GetRequiredService<WorkerEndpoints>()),
        .. Overview(services.GetRequiredService<OverviewEndpoints>()),
        Queues(services.GetRequiredService<QueuesEndpoint>()),
        Violations(services.GetRequiredService<ViolationsEndpoint>()),
        Events(services.GetRequiredService<EventsEndpoint>()),
        Simulate(services.GetRequiredService<SimulationEndpoint>()),
        Tokens(services.GetRequiredService<TokenEndpoint>()),
    ];

    private static IEnumerable<ApiRoute> Jobs(EnqueueEndpoint enqueue, BulkEndpoint bulk, JobEndpoints jobs) =>
    [
        new("POST", "/jobs", Permission.Produce, enqueue.HandleAsync)
        {
            Summary = "Enqueue one job, an array of jobs, or one job a line; all or nothing",
            Request = typeof(JobRequest),
            Answer = typeof(EnqueueAnswer),
            Statuses = [201, 200, 202],
            Errors = [400, 409, 413, 415, 429, 503],
            Query = ["wait"],
        },
        new("GET", "/jobs", Permission.View, jobs.ListAsync)
        {
            Summary = "A page of jobs, newest first",
            Answer = typeof(JobPage),
            Query = ["state", "type", "tenant", "tag", "queue", "limit", "cursor"],
        },
        new("POST", "/jobs/bulk", Permission.Operate, bulk.HandleAsync)
        {
            Summary = "Cancel, retry, discard or reweigh all jobs that match",
            Request = typeof(BulkJobsRequest),
            Answer = typeof(BulkJobsAnswer),
            Errors = [400, 413, 415],
        },
    ];

    private static IEnumerable<ApiRoute> Job(JobEndpoints jobs) =>
    [
        new("GET", "/jobs/{id}", Permission.View, jobs.GetAsync) { Summary = "The whole job", Answer = typeof(JobDocument), Errors = [400, 404] },
        new("DELETE", "/jobs/{id}", Permission.Operate, jobs.CancelAsync)
        {
            Summary = "Cancel a job, also a running one", Answer = typeof(JobControlAnswer), Errors = [400, 404, 409],
        },
        new("GET", "/jobs/{id}/result", Permission.View, jobs.ResultAsync)
        {
            Summary = "How a job ended; 202 while it has not", Answer = typeof(JobResult), Statuses = [200, 202], Errors = [400, 404, 410], Query = ["wait"],
        },
        new("GET", "/jobs/{id}/logs", Permission.View, jobs.LogsAsync)
        {
            Summary = "Log lines of a job, oldest first", Answer = typeof(JobLogs), Errors = [400, 404], Query = ["skip", "limit"],
        },
        new("POST", "/jobs/{id}/retry", Permission.Operate, jobs.RetryAsync)
        {
            Summary = "Run a finished job again, or one in retry now", Answer = typeof(JobControlAnswer), Errors = [400, 404, 409],
        },
        new("POST", "/jobs/{id}/interrupt", Permission.Operate, jobs.InterruptAsync)
        {
            Summary = "Ask the job's worker to yield", Answer = typeof(JobControlAnswer), Errors = [400, 404, 409],
        },
    ];

    private static IEnumerable<ApiRoute> Batches(BatchEndpoints batches) =>
    [
        new("POST", "/batches", Permission.Produce, batches.CreateAsync)
        {
            Summary = "Make a batch of jobs, with callbacks; all or nothing",
            Request = typeof(Worcr.Protocol.BatchRequest),
            Answer = typeof(BatchAnswer),
            Statuses = [201, 200],
            Errors = [400, 413, 415, 429, 503],
        },
        new("GET", "/batches", Permission.View, batches.ListAsync) { Summary = "A page of batches, newest first", Answer = typeof(BatchPage), Query = ["limit", "cursor"] },
        new("GET", "/batches/{id}", Permission.View, batches.GetAsync) { Summary = "A batch and its counts", Answer = typeof(BatchDocument), Errors = [400, 404] },
        new("DELETE", "/batches/{id}", Permission.Operate, batches.CancelAsync)
        {
            Summary = "Close a batch and cancel its jobs that have not ended", Answer = typeof(BatchDocument), Errors = [400, 404],
        },
        new("POST", "/batches/{id}/close", Permission.Produce, batches.CloseAsync)
        {
            Summary = "No more jobs may join; callbacks are enqueued when all have ended", Answer = typeof(BatchDocument), Errors = [400, 404],
        },
    ];

    private static IEnumerable<ApiRoute> Explain(ExplainEndpoints explain) =>
    [
        new("GET", "/jobs/{id}/explain", Permission.View, explain.JobAsync) { Summary = "Why a job is (not) running", Answer = typeof(JobExplainDocument), Errors = [400, 404] },
        new("GET", "/tenants/{name}/explain", Permission.View, explain.TenantAsync)
        {
            Summary = "How a tenant stands among the others, and what its lanes wait for", Answer = typeof(TenantExplainDocument), Errors = [400, 404],
        },
        new("GET", "/lanes", Permission.View, explain.LanesAsync)
        {
            Summary = "Lanes and what they wait for, those with most ready jobs first", Answer = typeof(LaneList), Query = ["type", "tenant", "queue", "tag", "limit"],
        },
    ];

    private static ApiRoute Queues(QueuesEndpoint queues) => new("GET", "/queues", Permission.View, queues.HandleAsync)
    {
        Summary = "Queue labels: whether they run or are paused, and their counts",
        Answer = typeof(QueueList),
        Errors = [400, 404],
        Query = ["prefix"],
    };

    private static ApiRoute Violations(ViolationsEndpoint violations) => new("GET", "/violations", Permission.View, violations.HandleAsync)
    {
        Summary = "Jobs that ran longer, or without a checkpoint, than their type's policy allows, newest first",
        Answer = typeof(ViolationList),
        Errors = [400, 404],
        Query = ["type", "limit"],
    };

    private static ApiRoute Events(EventsEndpoint events) => new("GET", "/events", Permission.View, events.HandleAsync)
    {
        Summary = "What happens from now on, as server-sent events; each data line is this document",
        Answer = typeof(EventDocument),
        Content = EventsEndpoint.ContentType,
        Errors = [400, 404, 429, 503],
        Query = ["events", "type", "tenant", "queue"],
    };

    private static ApiRoute Simulate(SimulationEndpoint simulation) => new("POST", "/simulate", Permission.Operate, simulation.HandleAsync)
    {
        Summary = "Predict latency, fairness and SLO attainment of a scenario, or of the backlog, under proposed rules and workers",
        Request = typeof(SimulationRequest),
        Answer = typeof(SimulationAnswer),
        Errors = [400, 404, 413, 415, 429],
    };

    private static ApiRoute Tokens(TokenEndpoint tokens) => new("POST", "/tokens", Permission.Work, tokens.HandleAsync)
    {
        Summary = "A short-lived token for a worker that cannot keep a key, such as a browser tab",
        Request = typeof(TokenRequest),
        Answer = typeof(TokenAnswer),
        Statuses = [201],
        Errors = [400, 403, 413, 415, 503],
    };

    private static IEnumerable<ApiRoute> Workers(WorkerEndpoints workers) =>
    [
        new("GET", "/workers", Permission.View, workers.ListAsync) { Summary = "The workers, and what operators said to them", Answer = typeof(WorkerList), Errors = [400, 404] },
        Order("quiet", "A worker gets no more jobs; what it holds goes on", ["expiresIn"], workers.QuietAsync),
        Order("end", "A worker gets no more jobs, and is told to leave", ["expiresIn"], workers.EndAsync),
        Order("resume", "A worker gets jobs again", [], workers.ResumeAsync),
    ];

    private static ApiRoute Order(string order, string summary, string[] query, RequestDelegate handler) => new("POST", $"/workers/{{name}}/{order}", Permission.Operate, handler)
    {
        Summary = summary,
        Answer = typeof(WorkerOrderDocument),
        Errors = [400, 404, 413, 503],
        Query = query,
    };

    private static IEnumerable<ApiRoute> Overview(OverviewEndpoints overview) =>
    [
        new("GET", "/stats", Permission.View, overview.StatsAsync) { Summary = "Figures", Answer = typeof(StatsDocument) },
    ];
}
