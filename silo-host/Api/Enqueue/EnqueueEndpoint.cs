using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary><c>POST /v1/jobs</c>: the hot path. Body to jobs to dispatcher to answer, with no document in between.</summary>
internal sealed class EnqueueEndpoint(IDispatchers dispatchers, TimeProvider time, ParseCaches caches)
{
    /// <summary>The content type of one job a line.</summary>
    public const string Lines = "application/x-ndjson";
    private static readonly Fault BadType = new(ErrorCodes.UnsupportedMediaType, "Send application/json or application/x-ndjson.");
    private static readonly Fault WaitForMany = new(ErrorCodes.InvalidParameter, "Only a single job can be waited for.", "wait");

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var wait = query.Wait();
        if (query.Finish() is { } fault)
        {
            await Answers.FailAsync(context, fault);
            return;
        }

        var space = context.GetRouteValue("namespace") as string ?? ApiNamespace.Default;
        var parsed = ApiNamespace.IsValid(space) ? await ParseAsync(context) : ParsedJobs.Failed(ApiNamespace.Invalid);
        if (wait is not null && parsed is { Many: true, Fault: null }) parsed = ParsedJobs.Failed(WaitForMany);
        if (parsed.Fault is { } wrong)
        {
            await Answers.FailAsync(context, wrong);
            return;
        }

        var dispatcher = await dispatchers.FindAsync(space, context.RequestAborted);
        var reply = await dispatcher.EnqueueAsync(new EnqueueRequest(parsed.Jobs), CancellationToken.None);
        if (reply.Refusal is { } refusal) await EnqueueAnswers.RefuseAsync(context, refusal, parsed.Many);
        else if (wait is { } limit) await AwaitAsync(context, dispatcher, reply.Jobs[0].Id, limit);
        else await EnqueueAnswers.WriteAsync(context, reply.Jobs, parsed.Many);
    }

    private async ValueTask<ParsedJobs> ParseAsync(HttpContext context)
    {
        var lines = MediaType.Is(context.Request.ContentType, Lines);
        if (!lines && !MediaType.Is(context.Request.ContentType, Answers.Json)) return ParsedJobs.Failed(BadType);
        using var body = await RequestBody.ReadAsync(context);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return lines ? BatchParser.ParseLines(body.Span, caches, now) : BatchParser.Parse(body.Span, caches, now);
    }

    /// <summary>Runs synchronously: 200 with the finished job, or 202 with the job as it is when the time is over.</summary>
    private static async Task AwaitAsync(HttpContext context, IDispatcher dispatcher, Guid id, long waitMs)
    {
        var reply = await dispatcher.WaitAsync(new WaitJobRequest(id, waitMs), context.RequestAborted);
        if (reply.Job is not { } job)
        {
            await Answers.FailAsync(context, Faults.From(reply.Refusal ?? new Refusal(RefusalKind.NotFound, "The job is gone.")));
            return;
        }

        var status = job.Outcome is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        await Answers.WriteAsync(context, status, JobDocuments.From(job), ProtocolJson.Default.JobDocument);
    }
}
