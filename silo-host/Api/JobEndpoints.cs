using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>Reading and changing one job, and pages of jobs.</summary>
internal sealed class JobEndpoints(IDispatchers dispatchers) : EndpointBase(dispatchers)
{
    private const int DefaultPage = 100;

    /// <summary><c>GET /v1/jobs/{id}</c></summary>
    public async Task GetAsync(HttpContext context)
    {
        var fault = ReadIdOnly(context, out var id);
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.GetAsync(new GetJobRequest(id), context.RequestAborted);
        if (reply.Job is not { } job) await RefuseAsync(context, reply.Refusal);
        else await Answers.WriteAsync(context, StatusCodes.Status200OK, JobDocuments.From(job), ProtocolJson.Default.JobDocument);
    }

    /// <summary><c>GET /v1/jobs</c></summary>
    public async Task ListAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var request = new QueryJobsRequest(
            query.State(), query.Text("type"), query.Text("tenant"), query.Text("tag"), query.Text("queue"),
            query.Number("limit", 1, WireLimits.PageSize, DefaultPage), query.Cursor());
        if (await FindAsync(context, query.Finish()) is not { } dispatcher) return;
        var reply = await dispatcher.QueryAsync(request, context.RequestAborted);
        if (reply.Refusal is not null)
        {
            await RefuseAsync(context, reply.Refusal);
            return;
        }

        var page = new JobPage([.. reply.Jobs.Select(JobDocuments.Summary)], PageCursor.Format(reply.Next));
        await Answers.WriteAsync(context, StatusCodes.Status200OK, page, ProtocolJson.Default.JobPage);
    }

    /// <summary><c>GET /v1/jobs/{id}/result</c></summary>
    public async Task ResultAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var wait = query.Wait() ?? 0;
        var fault = ReadId(context, out var id) ?? query.Finish();
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = wait == 0
            ? await dispatcher.GetAsync(new GetJobRequest(id), context.RequestAborted)
            : await dispatcher.WaitAsync(new WaitJobRequest(id, wait), context.RequestAborted);
        if (reply.Job is not { } job) await RefuseAsync(context, reply.Refusal);
        else if (job.ResultExpired) await Answers.FailAsync(context, new Fault(ErrorCodes.ResultGone, "The result's time to live (resultTtl) is over."));
        else await Answers.WriteAsync(context, StatusOf(job), JobDocuments.ResultOf(job), ProtocolJson.Default.JobResult);
    }

    /// <summary><c>GET /v1/jobs/{id}/logs</c></summary>
    public async Task LogsAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var skip = query.Number("skip", 0, int.MaxValue - WireLimits.PageSize, 0);
        var limit = query.Number("limit", 1, WireLimits.PageSize, WireLimits.PageSize);
        var fault = ReadId(context, out var id) ?? query.Finish();
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.LogsAsync(new LogsRequest(id, skip, limit), context.RequestAborted);
        if (reply.Refusal is not null)
        {
            await RefuseAsync(context, reply.Refusal);
            return;
        }

        var lines = reply.Lines.Select(l => new JobLogLine(l.Attempt, DateTimeOffset.FromUnixTimeMilliseconds(l.At), l.Level, l.Line));
        var logs = new JobLogs([.. lines], reply.Lines.Count == limit ? skip + limit : null);
        await Answers.WriteAsync(context, StatusCodes.Status200OK, logs, ProtocolJson.Default.JobLogs);
    }

    /// <summary><c>DELETE /v1/jobs/{id}</c></summary>
    public Task CancelAsync(HttpContext context) => ControlAsync(context, ControlAction.Cancel);

    /// <summary><c>POST /v1/jobs/{id}/retry</c></summary>
    public Task RetryAsync(HttpContext context) => ControlAsync(context, ControlAction.Retry);

    /// <summary><c>POST /v1/jobs/{id}/interrupt</c></summary>
    public Task InterruptAsync(HttpContext context) => ControlAsync(context, ControlAction.Interrupt);

    private async Task ControlAsync(HttpContext context, ControlAction action)
    {
        var fault = ReadIdOnly(context, out var id);
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.ControlAsync(new ControlJobRequest(id, action), context.RequestAborted);
        if (reply.State is not { } state) await RefuseAsync(context, reply.Refusal);
        else await Answers.WriteAsync(context, StatusCodes.Status200OK, new JobControlAnswer(id, StateNames.NameOf(state)), ProtocolJson.Default.JobControlAnswer);
    }

    private static int StatusOf(JobView job) => job.Outcome is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
}
