using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary><c>GET /v1/queues</c></summary>
internal sealed class QueuesEndpoint(IDispatchers dispatchers) : EndpointBase(dispatchers)
{
    /// <summary>The states' names, in the order of <see cref="QueueState"/>.</summary>
    public static readonly string[] States = ["running", "idle", "pausing", "paused"];

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var prefix = query.Text("prefix") ?? "";
        if (await FindAsync(context, query.Finish()) is not { } dispatcher) return;
        var stats = await dispatcher.StatsAsync(new StatsRequest(), context.RequestAborted);
        var items = stats.Queues.Where(q => q.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(Document);
        await Answers.WriteAsync(context, StatusCodes.Status200OK, new QueueList([.. items]), ProtocolJson.Default.QueueList);
    }

    private static QueueDocument Document(QueueView queue) => new()
    {
        Name = queue.Name,
        State = States[(int)queue.State],
        Ready = queue.Jobs.Ready,
        Running = queue.Jobs.Running,
        Enqueued = queue.Jobs.Enqueued,
        Succeeded = queue.Jobs.Succeeded,
        Failed = queue.Jobs.Failed,
        Dead = queue.Jobs.Dead,
        Dropped = queue.Jobs.Dropped,
    };
}
