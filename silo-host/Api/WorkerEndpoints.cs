using Worcr.Core.Rules;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Resources;

namespace Worcr.SiloHost.Api;

/// <summary><c>/v1/workers</c>: the workers, and what operators say to one of them.</summary>
internal sealed class WorkerEndpoints(IDispatchers dispatchers) : EndpointBase(dispatchers)
{
    /// <summary>The workers of the namespace.</summary>
    public async Task ListAsync(HttpContext context)
    {
        if (await FindAsync(context, new QueryReader(context).Finish()) is not { } dispatcher) return;
        var stats = await dispatcher.StatsAsync(new StatsRequest(), context.RequestAborted);
        var list = new WorkerList([.. stats.Workers.Select(Document)]) { Orders = [.. stats.Orders.Select(o => Document(o.Worker, o.Rule))] };
        await Answers.WriteAsync(context, StatusCodes.Status200OK, list, ProtocolJson.Default.WorkerList);
    }

    /// <summary>It gets no more jobs.</summary>
    public Task QuietAsync(HttpContext context) => OrderAsync(context, WorkerOrder.Quiet);

    /// <summary>It gets no more jobs, and is to leave.</summary>
    public Task EndAsync(HttpContext context) => OrderAsync(context, WorkerOrder.End);

    /// <summary>It works as ever.</summary>
    public Task ResumeAsync(HttpContext context) => OrderAsync(context, null);

    private async Task OrderAsync(HttpContext context, WorkerOrder? order)
    {
        var query = new QueryReader(context);
        var lasts = order is null ? 0 : query.Span("expiresIn");
        var name = PathName.Of(context);
        if (await FindAsync(context, PathName.Check(name) ?? query.Finish()) is not { } dispatcher) return;
        var reply = await dispatcher.OrderAsync(new OrderRequest(name, order, lasts), CancellationToken.None);
        if (reply.Refusal is { Kind: RefusalKind.NotFound }) await Answers.FailAsync(context, new Fault(ErrorCodes.NotFound, $"There is no worker '{name}'."));
        else if (reply.Refusal is { } refusal) await RefuseAsync(context, refusal);
        else await Answers.WriteAsync(context, StatusCodes.Status200OK, Document(name, reply.Order?.Rule) with { Sessions = reply.Sessions, Held = reply.Held }, ProtocolJson.Default.WorkerOrderDocument);
    }

    private static WorkerDocument Document(WorkerView w) =>
        new(w.Session, w.Worker, w.Transport, w.Types, w.Tags, w.Queues, w.Slots, w.Held, w.State, DateTimeOffset.FromUnixTimeMilliseconds(w.Since));

    private static WorkerOrderDocument Document(string worker, WorkerRule? rule) => new(worker, rule is null ? WireChoices.NoOrder : WireChoices.WorkerOrder.NameOf(rule.Order))
    {
        Since = rule is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(rule.Since),
        ExpiresAt = rule is { ExpiresAt: > 0 } ? DateTimeOffset.FromUnixTimeMilliseconds(rule.ExpiresAt) : null,
    };
}
