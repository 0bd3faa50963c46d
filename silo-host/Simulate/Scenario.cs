using Worcr.Grains.Simulation;
using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Simulate;

/// <summary>A scenario as it is read: jobs, workers and rules, checked field by field.</summary>
internal sealed class Scenario
{
    /// <summary>Most jobs of a simulation.</summary>
    public const int MaxJobs = 1_000_000;

    private const int MaxKinds = 100_000;
    private const int MaxWorkers = 10_000;
    private const long DefaultHorizonMs = 30L * 86_400_000;
    private const long MaxHorizonMs = 365L * 86_400_000;

    private readonly SimulationRequest _request;
    private readonly long _startAt;
    private readonly List<SimulatedWorkers> _workers = [];

    /// <summary>Makes a scenario of a request; <see cref="Read"/> reads it.</summary>
    public Scenario(SimulationRequest request, long startAt)
    {
        _request = request;
        _startAt = startAt;
        Rules = new ScenarioRules(startAt);
    }

    /// <summary>The jobs.</summary>
    public List<SimulatedJobs> Jobs { get; } = [];

    /// <summary>The rules.</summary>
    public ScenarioRules Rules { get; }

    /// <summary>How many real jobs one simulated one stands for.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>What to simulate.</summary>
    public SimulationPlan Plan => new()
    {
        Jobs = Jobs,
        Workers = _workers,
        Rules = Rules.All,
        Seed = _request.Seed ?? 0,
        StartAt = _startAt,
        HorizonMs = _request.Horizon?.Milliseconds ?? DefaultHorizonMs,
    };

    /// <summary>Reads what the request declares.</summary>
    public Fault? Read()
    {
        if (_request.Backlog is not (null or "current")) return FieldChecks.Invalid("backlog", "must be current");
        if (_request.Backlog is null && _request.Jobs is not { Count: > 0 }) return FieldChecks.Invalid("jobs", "must name jobs, unless backlog is current");
        if (_request.Horizon is { } horizon && horizon.Milliseconds is 0 or > MaxHorizonMs) return FieldChecks.Invalid("horizon", "must be longer than nothing, and at most 365d");
        return ReadJobs() ?? ReadWorkers() ?? Rules.Read(_request.Rules);
    }

    private Fault? ReadJobs()
    {
        if (_request.Jobs is not { } all) return null;
        if (all.Count > MaxKinds) return FieldChecks.Invalid("jobs", $"at most {MaxKinds} kinds are taken");
        var count = 0L;
        for (var i = 0; i < all.Count; i++)
        {
            var path = $"jobs[{i}]";
            if (all[i] is null) return FieldChecks.Invalid(path, "must be an object");
            if (ScenarioJobs.Read(path, all[i], out var jobs) is { } fault) return fault;
            if ((count += jobs!.Count) > MaxJobs) return FieldChecks.Invalid($"{path}.count", $"a scenario has at most {MaxJobs} jobs");
            Jobs.Add(jobs);
        }

        return null;
    }

    private Fault? ReadWorkers()
    {
        var count = 0L;
        for (var i = 0; i < _request.Workers.Count; i++)
        {
            var path = $"workers[{i}]";
            if (_request.Workers[i] is not { } workers) return FieldChecks.Invalid(path, "must be an object");
            var fault = FieldChecks.Names($"{path}.types", workers.Types)
                ?? FieldChecks.Names($"{path}.tags", workers.Tags)
                ?? FieldChecks.Names($"{path}.queues", workers.Queues)
                ?? FieldChecks.Whole($"{path}.slots", workers.Slots, 1, MaxWorkers)
                ?? FieldChecks.Whole($"{path}.count", workers.Count, 1, MaxWorkers);
            if (fault is not null) return fault;
            if ((count += workers.Count ?? 1) > MaxWorkers) return FieldChecks.Invalid($"{path}.count", $"a scenario has at most {MaxWorkers} workers");
            _workers.Add(new SimulatedWorkers
            {
                Types = workers.Types is { Count: > 0 } types ? types : ["*"],
                Tags = workers.Tags ?? [],
                Queues = workers.Queues ?? [],
                Slots = workers.Slots,
                Count = workers.Count ?? 1,
            });
        }

        return null;
    }
}
