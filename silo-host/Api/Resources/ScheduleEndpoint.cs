using Worcr.Core.Rules;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>POST /v1/schedules/{name}/run</c>: enqueues a schedule's job now, whatever its times, its overlap policy and its pause say.</summary>
internal sealed class ScheduleEndpoint(IDispatchers dispatchers, ParseCaches caches, TimeProvider time) : EndpointBase(dispatchers)
{
    /// <summary>Handles a request.</summary>
    public async Task RunAsync(HttpContext context)
    {
        var name = PathName.Of(context);
        if (await FindAsync(context, PathName.Check(name) ?? new QueryReader(context).Finish()) is not { } dispatcher) return;
        var found = await dispatcher.ResourcesAsync(new ResourceRequest.Read(ResourceKind.Schedule, name), context.RequestAborted);
        if (found.Refusal is { Kind: not RefusalKind.NotFound } refusal) await RefuseAsync(context, refusal);
        else if (found.Items is [{ Body: ScheduleRule schedule }, ..]) await EnqueueAsync(context, dispatcher, schedule);
        else await Answers.FailAsync(context, new Fault(ErrorCodes.NotFound, $"There is no schedule '{name}'."));
    }

    private async Task EnqueueAsync(HttpContext context, IDispatcher dispatcher, ScheduleRule schedule)
    {
        var parsed = JobTemplate.Parse(schedule.Job, caches, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (parsed.Fault is { } fault)
        {
            await Answers.FailAsync(context, fault);
            return;
        }

        var reply = await dispatcher.EnqueueAsync(new EnqueueRequest(parsed.Jobs), CancellationToken.None);
        if (reply.Refusal is { } refusal) await EnqueueAnswers.RefuseAsync(context, refusal, many: false);
        else await EnqueueAnswers.WriteAsync(context, reply.Jobs, many: false);
    }
}
