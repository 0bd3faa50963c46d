using System.Globalization;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Running;

/// <summary>What a seed makes of a run. Intervals are means in milliseconds; 0: never.</summary>
internal sealed record Scenario
{
    public required int Seed { get; init; }

    public required ScenarioKind Kind { get; init; }

    public required DispatcherOptions Options { get; init; }

    public int FaultMs { get; init; } = 30_000;

    public int Jobs { get; init; } = 200;

    public int Workers { get; init; } = 3;

    public int Pollers { get; init; } = 1;

    public int NetworkMs { get; init; } = 8;

    public int StoreMs { get; init; } = 12;

    public double Drop { get; init; }

    public double Duplicate { get; init; }

    public double Refuse { get; init; }

    public double LoseBefore { get; init; }

    public double LoseAfter { get; init; }

    public double RefuseRead { get; init; }

    public int CrashEvery { get; init; }

    public int PauseEvery { get; init; }

    public int HandoverEvery { get; init; }

    public int JumpEvery { get; init; }

    public int BreakEvery { get; init; }

    public int OperateEvery { get; init; }

    public int RuleEvery { get; init; }

    public int MessagesPerTurn { get; init; } = 64;

    /// <summary>The other namespaces over the same database.</summary>
    public IReadOnlyList<Scenario> Neighbours { get; init; } = [];

    public bool IsFaultless => Kind is ScenarioKind.Calm or ScenarioKind.Fairness;

    /// <summary>The tenants' shares, as an operator puts them; the others have 1.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [];

    /// <summary>The name of a tenant.</summary>
    public static string Tenant(int number) => $"t{number}";

    public double ShareOf(string tenant) => int.Parse(tenant.AsSpan(1), CultureInfo.InvariantCulture) is var number && number < Shares.Count ? Shares[number] : 1;

    /// <summary>The scenario of a seed.</summary>
    public static Scenario Of(int seed)
    {
        var kinds = Enum.GetValues<ScenarioKind>();
        var kind = kinds[(seed & int.MaxValue) % kinds.Length];
        var scenario = Of(seed, kind);
        if (kind != ScenarioKind.Neighbours) return scenario;
        var chance = new Chance(seed ^ 0x4E16);
        var quiet = chance.Of([ScenarioKind.Calm, ScenarioKind.Fairness]);
        ScenarioKind[] others = chance.Hits(0.5) ? [quiet] : [quiet, chance.Of([ScenarioKind.Crashes, ScenarioKind.Rules, ScenarioKind.StoreFaults, ScenarioKind.TinyWindows])];
        return Few(scenario) with { Neighbours = [.. others.Select(k => Few(Of(chance.Next(), k)))] };
    }

    private static Scenario Few(Scenario scenario) => scenario with { Jobs = scenario.Jobs / 2 };

    private static Scenario Of(int seed, ScenarioKind kind)
    {
        var chance = new Chance(seed ^ 0x5EED);
        var options = OptionsOf(kind, chance);
        var plain = new Scenario
        {
            Seed = seed,
            Kind = kind,
            Options = options,
            Jobs = chance.Between(60, 320),
            Workers = chance.Between(1, 5),
            Pollers = chance.Between(0, 2),
            NetworkMs = chance.Between(1, 40),
            StoreMs = chance.Between(1, 60),
            MessagesPerTurn = chance.Of([1, 4, 64, 1_024]),
        };
        if (kind == ScenarioKind.Fairness) return plain with { Pollers = 0, Shares = [.. Enumerable.Range(0, chance.Between(2, 6)).Select(_ => (double)chance.Of([1, 1, 2, 3, 10]))] };
        return kind == ScenarioKind.Calm ? plain : WithFaults(plain, chance);
    }

    private static Scenario WithFaults(Scenario plain, Chance chance)
    {
        var all = plain.Kind is ScenarioKind.Everything or ScenarioKind.Neighbours;
        bool Is(ScenarioKind kind) => all || plain.Kind == kind;
        return plain with
        {
            Drop = chance.Hits(0.5) || Is(ScenarioKind.LostWorkers) ? 0.03 : 0,
            Duplicate = chance.Hits(0.5) ? 0.05 : 0,
            Refuse = Is(ScenarioKind.StoreFaults) ? 0.1 : 0.01,
            LoseBefore = Is(ScenarioKind.StoreFaults) ? 0.01 : 0.001,
            LoseAfter = Is(ScenarioKind.StoreFaults) ? 0.015 : 0.001,
            RefuseRead = Is(ScenarioKind.StoreFaults) ? 0.1 : 0.01,
            CrashEvery = Is(ScenarioKind.Crashes) ? 3_000 : Is(ScenarioKind.Rules) ? 6_000 : chance.Hits(0.5) ? 20_000 : 0,
            PauseEvery = Is(ScenarioKind.Crashes) ? 6_000 : 0,
            HandoverEvery = Is(ScenarioKind.Crashes) ? 9_000 : 0,
            JumpEvery = Is(ScenarioKind.ClockJumps) ? 2_500 : 0,
            BreakEvery = Is(ScenarioKind.LostWorkers) ? 700 : 5_000,
            RuleEvery = Is(ScenarioKind.Rules) ? 120 : chance.Hits(0.4) ? 1_000 : 0,
            OperateEvery = Is(ScenarioKind.Operators) ? 60 : Is(ScenarioKind.TinyWindows) ? 150 : 600,
        };
    }

    private static DispatcherOptions OptionsOf(ScenarioKind kind, Chance chance)
    {
        var plain = new DispatcherOptions { GraceMs = 1_500, HeartbeatMs = 1_000, SmallFlush = 0 };
        if (kind == ScenarioKind.Fairness) return plain;
        var tiny = kind is ScenarioKind.TinyWindows || chance.Hits(0.6);
        if (!tiny) return plain with { FoldFlushes = chance.Between(1, 20), IdleLanes = chance.Between(0, 4), SmallFlush = chance.Between(0, 1) * 32 };
        return plain with
        {
            StrandJobs = chance.Between(4, 32),
            WindowJobs = chance.Between(1, 200),
            WindowBytes = chance.Between(1, 64) * 256,
            MaxInlineArgs = 64,
            AlarmHorizonMs = chance.Between(50, 4_000),
            AlarmChunk = chance.Between(2, 40),
            AlarmJobs = chance.Between(2, 40),
            IdleLanes = chance.Between(0, 4),
            FlushOperations = chance.Between(4, 200),
            FoldFlushes = chance.Between(1, 20),
            FlushesUnderWay = chance.Between(1, 2),
            SmallFlush = chance.Between(0, 1) * 8,
        };
    }
}
