using Worcr.Core.Matching;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>Looks at jobs and meddles with them.</summary>
internal sealed class Operator(SimulatedWorld world)
{
    /// <summary>How long a bulk action may take to come to its last page.</summary>
    private const long BulkMs = 10_000;

    private static readonly string[] Types = ["a", "b", "c"];

    public void Start()
    {
        if (world.Scenario.OperateEvery > 0) world.Schedule.In(world.Chance.Gap(world.Scenario.OperateEvery), Act);
    }

    private void Act()
    {
        if (world.IsHealed) return;
        Start();
        if (world.Ledger.Ids.Count > 0) world.Cluster.Call(Request(), Heard);
    }

    private void Heard(object? reply)
    {
        if (reply is ControlReply { State: not null }) world.Coverage.Count("job controlled");
        if (reply is BulkReply { Affected: > 0 }) world.Coverage.Count("bulk changed jobs");
    }

    private object Request()
    {
        var id = world.Chance.Hits(0.02) ? world.Chance.Id() : world.Chance.Of(world.Ledger.Ids);
        return world.Chance.Next(20) switch
        {
            < 4 => new GetJobRequest(id),
            < 7 => new WaitJobRequest(id, world.Chance.Of([0, 100, 4_000])),
            < 9 => new ControlJobRequest(id, ControlAction.Cancel),
            < 12 => Retry(id),
            12 => new ControlJobRequest(id, ControlAction.Interrupt),
            < 16 => Bulk(),
            16 => new QueryJobsRequest(world.Chance.Of<JobState?>([null, JobState.Running, JobState.Ready, JobState.Succeeded]), null, null, null, null, 20, null),
            17 => new LogsRequest(id, 0, 10),
            18 => new ResourceRequest.Put($"t{world.Chance.Next(4)}", new Worcr.Core.Rules.TenantRule(world.Chance.Between(1, 5))),
            _ => new StatsRequest(),
        };
    }

    private ControlJobRequest Retry(Guid id)
    {
        world.Ledger.Find(id)?.IsHurried = true;
        return new ControlJobRequest(id, ControlAction.Retry);
    }

    private BulkRequest Bulk()
    {
        var action = world.Chance.Of([BulkAction.Reweigh, BulkAction.Reweigh, BulkAction.Retry, BulkAction.Cancel, BulkAction.Discard]);
        if (action == BulkAction.Retry)
        {
            foreach (var record in world.Ledger.Records) record.IsHurried = true;
            world.Ledger.HurryUntil = world.Now + BulkMs;
        }

        var match = new JobMatch { Types = [world.Chance.Of(Types)], Tenants = world.Chance.Hits(0.5) ? [$"t{world.Chance.Next(4)}"] : [] };
        return new BulkRequest(action, match, null, action == BulkAction.Reweigh ? world.Chance.Of([1, 2, 3, 10]) : null, world.Chance.Hits(0.1));
    }
}
