using System.Text.Json.Nodes;
using Worcr.Core.Rules;
using Worcr.Grains.Simulation;
using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Simulate;

/// <summary>
/// Puts a namespace's ready jobs and its rules into a scenario: its 1,000 longest lanes. Where they hold more than 1,000,000 jobs, each simulated job stands for several, and runs
/// as long as they would one after the other. What runs now is not in it, nor what is due later; the wait that lies behind the jobs does not count.
/// </summary>
internal sealed class BacklogReader(IDispatcher dispatcher, SimulationRequest request)
{
    private const string Others = "*";

    private static readonly ResourceKind[] Kinds =
    [
        ResourceKind.Weight, ResourceKind.Route, ResourceKind.Limit, ResourceKind.Tenant, ResourceKind.Type, ResourceKind.Pause, ResourceKind.Blackhole, ResourceKind.Shed,
        ResourceKind.Settings,
    ];

    /// <summary>Adds them; rules that the scenario proposes stay.</summary>
    public async Task<Fault?> AddToAsync(Scenario scenario, CancellationToken cancel)
    {
        foreach (var kind in Kinds)
        {
            var reply = await dispatcher.ResourcesAsync(new ResourceRequest.Read(kind, null), cancel);
            foreach (var rule in reply.Items) scenario.Rules.Put(rule.Name, rule.Body);
        }

        var lanes = (await dispatcher.ExplainAsync(new ExplainRequest.OfLanes(null, null, null, null, WireLimits.PageSize), cancel)).Lanes;
        var measured = (await dispatcher.StatsAsync(new StatsRequest(), cancel)).RunTimes;
        var room = Scenario.MaxJobs - scenario.Jobs.Sum(j => j.Count) - lanes.Count;
        scenario.Scale = Math.Max(1, lanes.Sum(l => (double)l.Ready) / Math.Max(1, room));
        foreach (var lane in lanes.Where(l => l.Ready > 0))
        {
            if (RunTimeOf(lane.Shape.Type, measured, out var runTime) is { } fault) return fault;
            scenario.Jobs.Add(JobsOf(lane, runTime, scenario.Scale));
        }

        return scenario.Rules.Read(request.Rules);
    }

    private static SimulatedJobs JobsOf(LaneExplanation lane, RunTime runTime, double scale)
    {
        var shape = lane.Shape;
        var count = (int)Math.Ceiling(lane.Ready / scale);
        return new SimulatedJobs
        {
            Shape = new LaneShape(shape.Type, shape.Tenant, shape.Queue, shape.Tags, shape.Weight, shape.SloMs, shape.OrderKey),
            Count = count,
            IsBacklog = true,
            RunTime = runTime.Times(lane.Ready / (double)count),
            Args = ArgsOf(shape.Args),
            Given = JobGiven.Queue | JobGiven.Tags | JobGiven.Weight | JobGiven.Slo,
        };
    }

    private Fault? RunTimeOf(string type, IReadOnlyDictionary<string, double> measured, out RunTime runTime)
    {
        runTime = new RunTime(RunTimeShape.Constant, Math.Max(1, measured.GetValueOrDefault(type)));
        var said = request.RunTimes ?? new Dictionary<string, RawJson>();
        if (said.TryGetValue(type, out var own)) return RunTimes.Read($"runTimes.{type}", own, out runTime);
        if (measured.ContainsKey(type)) return null;
        if (said.TryGetValue(Others, out var others)) return RunTimes.Read($"runTimes.{Others}", others, out runTime);
        return FieldChecks.Invalid("runTimes", $"no job of type '{type}' has run yet: say how long they run, or give '*'");
    }

    /// <summary>Arguments with what rules look at, and nothing else.</summary>
    private static byte[] ArgsOf(ArgValue[] args)
    {
        var root = new JsonObject();
        foreach (var arg in args)
        {
            var (place, names) = (root, arg.Path.Split('.'));
            foreach (var name in names[..^1])
            {
                if (place[name] is not JsonObject inner) place[name] = inner = [];
                place = inner;
            }

            place[names[^1]] = arg.Value;
        }

        return System.Text.Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
