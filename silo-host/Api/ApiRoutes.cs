using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;
using Worcr.SiloHost.Api.Resources;
using Worcr.SiloHost.Auth;
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
        .. ResourceRoutes.For(services),
        .. Explain(services.GetRequiredService<ExplainEndpoints>()),
        .. Overview(services.GetRequiredService<OverviewEndpoints>()),
        Simulate(services.GetRequiredService<SimulationEndpoint>()),
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

    private static ApiRoute Simulate(SimulationEndpoint simulation) => new("POST", "/simulate", Permission.Operate, simulation.HandleAsync)
    {
        Summary = "Predict latency, fairness and SLO attainment of a scenario, or of the backlog, under proposed rules and workers",
        Request = typeof(SimulationRequest),
        Answer = typeof(SimulationAnswer),
        Errors = [400, 404, 413, 415, 429],
    };

    private static IEnumerable<ApiRoute> Overview(OverviewEndpoints overview) =>
    [
        new("GET", "/workers", Permission.View, overview.WorkersAsync) { Summary = "The workers", Answer = typeof(WorkerList) },
        new("GET", "/stats", Permission.View, overview.StatsAsync) { Summary = "Figures", Answer = typeof(StatsDocument) },
    ];
}
