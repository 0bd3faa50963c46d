namespace Worcr.EndToEnd.Speaking;

/// <summary>A worker made of single HTTP calls, so that a test decides every step.</summary>
internal sealed class HttpWorker(Api api, string name, params string[] types)
{
    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Leases up to <paramref name="max"/> jobs, waiting for the first one.</summary>
    public async Task<IReadOnlyList<Leased>> LeaseAsync(int max = 1, string wait = "20s")
    {
        var reply = await api.PostAsync("/v1/worker/lease", new { worker = name, types, tags = Tags, queues = Queues, max, wait });
        return [.. reply.Expect(HttpStatusCode.OK)["jobs"].EnumerateArray().Select(j => new Leased(j))];
    }

    /// <summary>The one job that must come.</summary>
    public async Task<Leased> LeaseOneAsync()
    {
        var jobs = await LeaseAsync();
        jobs.Count.ShouldBe(1, "no job came to the worker within 20 s");
        return jobs[0];
    }

    /// <summary>Nothing may be there for it now.</summary>
    public async Task ExpectNothingAsync() => (await LeaseAsync(10, "0s")).ShouldBeEmpty();

    public Task<string> CompleteAsync(Leased job, object? result = null) => ReportAsync(new { lease = job.Lease, outcome = "complete", result });

    public Task<string> YieldAsync(Leased job) => ReportAsync(new { lease = job.Lease, outcome = "yield" });

    public Task<string> FailAsync(Leased job, string code = "boom", string message = "it broke", bool final = false) =>
        ReportAsync(new { lease = job.Lease, outcome = "fail", error = new { code, message, final } });

    /// <summary>Completes many in one call; the answers in order.</summary>
    public async Task<IReadOnlyList<string>> CompleteAllAsync(IEnumerable<Leased> jobs)
    {
        var reports = jobs.Select(j => new { lease = j.Lease, outcome = "complete" });
        var reply = await api.PostAsync("/v1/worker/report", new { reports });
        return [.. reply.Expect(HttpStatusCode.OK)["results"].EnumerateArray().Select(r => r.GetString()!)];
    }

    public Task<Reply> CheckpointAsync(Leased job, string checkpoint, object value) =>
        api.PostAsync("/v1/worker/checkpoint", new { lease = job.Lease, name = checkpoint, value });

    public Task<Reply> ProgressAsync(Leased job, string progress, double done, double total) =>
        api.PostAsync("/v1/worker/progress", new { lease = job.Lease, name = progress, done, total });

    public Task<Reply> LogAsync(Leased job, string level, string line) =>
        api.PostAsync("/v1/worker/log", new { lease = job.Lease, level, line });

    public Task<Reply> ExtendAsync(Leased job) => api.PostAsync("/v1/worker/extend", new { lease = job.Lease });

    private async Task<string> ReportAsync(object report)
    {
        var reply = await api.PostAsync("/v1/worker/report", new { reports = new[] { report } });
        return reply.Expect(HttpStatusCode.OK)["results"][0].GetString()!;
    }
}
