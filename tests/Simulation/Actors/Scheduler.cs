using System.Text;
using Worcr.Core.Rules;
using Worcr.Core.Schedules;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>Puts schedules, pauses and deletes them, and clears them away in the healed world. Three are there to the end, one of each policy.</summary>
internal sealed class Scheduler(SimulatedWorld world)
{
    private const int Patience = 900;
    private static readonly (string Name, ScheduleRule Rule)[] Lasting =
    [
        ("all", Rule("*/2 * * * * *", MissedRuns.All)),
        ("once", Rule("*/3 * * * * *", MissedRuns.Once)),
        ("skip", Rule("*/2 * * * * *", MissedRuns.Once, RunOverlap.Skip)),
    ];

    private int _left;

    public bool IsDone => world.Scenario.IsFaultless || _left == 0;

    public void Start()
    {
        if (world.Scenario.IsFaultless) return;
        foreach (var (name, rule) in Lasting) Ask(new ResourceRequest.Put(name, rule with { Job = Encoding.UTF8.GetBytes(name) }));
        if (world.Scenario.OperateEvery > 0) Meddle();
    }

    /// <summary>No more times: what is left has to come to its end.</summary>
    public void Heal()
    {
        if (world.Scenario.IsFaultless) return;
        world.Schedule.In(12_000, () =>
        {
            foreach (var name in Lasting.Select(l => l.Name).Append("loose")) Ask(new ResourceRequest.Delete(ResourceKind.Schedule, name));
        });
        _left = Lasting.Length + 1;
    }

    private void Meddle() => world.Schedule.In(world.Chance.Gap(10 * world.Scenario.OperateEvery), () =>
    {
        if (world.IsHealed) return;
        Meddle();
        var rule = Rule("* * * * * *", world.Chance.Of([MissedRuns.All, MissedRuns.Once, MissedRuns.Skip])) with { Job = "loose"u8.ToArray(), IsPaused = world.Chance.Hits(0.3) };
        object request = world.Chance.Hits(0.3) ? new ResourceRequest.Delete(ResourceKind.Schedule, "loose") : new ResourceRequest.Put("loose", rule);
        world.Cluster.Call(request, _ => { });
    });

    /// <summary>Until somebody answers.</summary>
    private void Ask(ResourceRequest request)
    {
        var isOver = false;
        void Heard(object? reply)
        {
            if (isOver) return;
            isOver = true;
            if (reply is null) world.Schedule.In(world.Chance.Between(1, 200), () => Ask(request));
            else if (request is ResourceRequest.Delete) _left--;
        }

        world.Cluster.CallOn(null, request, Heard);
        world.Schedule.In(Patience, () => Heard(null));
    }

    private static ScheduleRule Rule(string cron, MissedRuns missed, RunOverlap overlap = RunOverlap.Allow) =>
        new(cron, "UTC", []) { Missed = missed, Overlap = overlap };
}
