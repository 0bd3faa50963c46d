using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>POST /v1/blackholes/{name}/restore</c>: brings back the jobs that a blackhole discarded.</summary>
internal sealed class BlackholeEndpoint(IDispatchers dispatchers) : EndpointBase(dispatchers)
{
    /// <summary>Handles a request.</summary>
    public async Task RestoreAsync(HttpContext context)
    {
        var name = PathName.Of(context);
        if (await FindAsync(context, PathName.Check(name) ?? new QueryReader(context).Finish()) is not { } dispatcher) return;
        var reply = await dispatcher.RestoreAsync(new RestoreRequest(name), context.RequestAborted);
        if (reply.Refusal is not null) await RefuseAsync(context, reply.Refusal);
        else await Answers.WriteAsync(context, StatusCodes.Status200OK, new BulkJobsAnswer(reply.Affected), ProtocolJson.Default.BulkJobsAnswer);
    }
}
