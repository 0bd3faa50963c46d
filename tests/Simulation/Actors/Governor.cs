using Worcr.Core.Rules;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>
/// An operator who puts, edits and deletes rules. In the healed world what holds jobs back is taken away and what blackholes took is brought back;
/// weights, routes and limits stay, and everything has to be done under them.
/// </summary>
internal sealed class Governor(SimulatedWorld world)
{
    private static readonly ResourceKind[] Blocking = [ResourceKind.Pause, ResourceKind.Blackhole, ResourceKind.Tenant, ResourceKind.Shed];
    private static readonly string[] Blackholes = ["h0", "h1"];
    private readonly RuleMaker _maker = new(world);

    /// <summary>Nothing holds jobs back for ever any more.</summary>
    public bool IsHealed { get; private set; }

    /// <summary>Somebody looked at the limits after all was done.</summary>
    public bool HasLooked { get; private set; }

    public void Start()
    {
        if (world.Scenario.RuleEvery > 0) world.Schedule.In(world.Chance.Gap(world.Scenario.RuleEvery), Act);
    }

    public void Heal()
    {
        if (world.Scenario.IsFaultless) IsHealed = true;
        else Clear(0);
    }

    public void Look()
    {
        HasLooked = false;
        Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Limit, null), _ => HasLooked = true);
    }

    private void Act()
    {
        if (world.IsHealed) return;
        Start();
        var request = world.Chance.Hits(0.1) ? Question() : !world.Scenario.IsFaultless && world.Chance.Hits(0.1) ? Order() : _maker.Next();
        world.Cluster.Call(request, reply => Heard(request, reply));
    }

    private void Heard(object request, object? reply)
    {
        if (request is OrderRequest order && reply is OrderReply { Refusal: null }) world.Coverage.Count($"worker told {order.Order?.ToString() ?? "to go on"}");
        if (reply is not ResourceReply { Refusal: null }) return;
        if (request is ResourceRequest.Put put) world.Coverage.Count($"{put.Body.Kind} put");
        if (request is ResourceRequest.Delete delete) world.Coverage.Count($"{delete.Kind} deleted");
    }

    /// <summary>Something to one of the workers that there ever were.</summary>
    private OrderRequest Order()
    {
        string[] workers = [.. world.WorkerTags.Keys.Order(StringComparer.Ordinal)];
        var order = world.Chance.Of<WorkerOrder?>([WorkerOrder.Quiet, WorkerOrder.Quiet, WorkerOrder.End, null, null]);
        return new OrderRequest(workers.Length == 0 ? "nobody" : world.Chance.Of(workers), order, order is null ? 0 : world.Chance.Of([0, 500, 3_000]));
    }

    private object Question() => world.Chance.Next(5) switch
    {
        0 => new ResourceRequest.Read(ResourceKind.Limit, null),
        1 when _maker.Next() is ResourceRequest.Put put => new ResourceRequest.Preview(put.Name, put.Body),
        2 when world.Ledger.Ids.Count > 0 => new ExplainRequest.OfJob(world.Chance.Of(world.Ledger.Ids)),
        3 => new ExplainRequest.OfTenant($"t{world.Chance.Next(4)}"),
        _ => world.Chance.Hits(0.5) ? new ExplainRequest.OfLanes(null, null, null, null, 20) : new RestoreRequest(world.Chance.Of(Blackholes)),
    };

    private void Clear(int kind)
    {
        if (kind == Blocking.Length)
        {
            Restore(0);
            return;
        }

        Ask<ResourceReply>(new ResourceRequest.Read(Blocking[kind], null), reply =>
        {
            if (reply.Items.Where(r => MayHoldForEver(r.Body)).Skip(Blocking[kind] == ResourceKind.Shed ? 1 : 0).FirstOrDefault() is not { } blocking) Clear(kind + 1);
            else Ask<ResourceReply>(new ResourceRequest.Delete(Blocking[kind], blocking.Name), _ => Clear(kind));
        });
    }

    /// <summary>Of the shed rules only those that let jobs wait for others, and of these all but one: two of them may wait for each other.</summary>
    private static bool MayHoldForEver(Resource rule) => rule is not ShedRule || rule is ShedRule { Action: ShedAction.Defer, Of: not null };

    private void Restore(int blackhole)
    {
        if (blackhole == Blackholes.Length) Resume();
        else Ask<BulkReply>(new RestoreRequest(Blackholes[blackhole]), _ => Restore(blackhole + 1));
    }

    private void Resume() => Ask<StatsReply>(new StatsRequest(), stats =>
    {
        if (stats.Orders.Count == 0) IsHealed = true;
        else Ask<OrderReply>(new OrderRequest(stats.Orders[0].Worker, null), _ => Resume());
    });

    private void Ask<TReply>(object request, Action<TReply> answered) => world.Cluster.Call(request, reply =>
    {
        if (reply is TReply answer) answered(answer);
        else world.Schedule.In(20, () => Ask(request, answered));
    });
}
