using Worcr.Simulation.Checks;
using Worcr.Simulation.Running;
using Worcr.Simulation.Server;

namespace Worcr.Simulation.World;

/// <summary>Everything that the actors of one run share.</summary>
internal sealed class SimulatedWorld
{
    public SimulatedWorld(Scenario scenario, TextWriter? echo)
    {
        Scenario = scenario;
        Chance = new Chance(scenario.Seed);
        Log = new EventLog(Schedule, echo);
        Store = new ModelJobStore(Database) { HoldsCommits = true, FailRead = verb => { Coverage.Count("read " + verb); return null; } };
        Network = new Network(this);
        Ledger = new Ledger(this);
        Templates = new SimulatedTemplates(this);
        Checks = new Auditor(this);
        Cluster = new Cluster(this);
    }

    public Scenario Scenario { get; }

    public Schedule Schedule { get; } = new();

    public Coverage Coverage { get; } = new();

    public ModelDatabase Database { get; } = new();

    public Chance Chance { get; }

    public EventLog Log { get; }

    public ModelJobStore Store { get; }

    public Network Network { get; }

    public RuleBook Rules { get; } = new();

    /// <summary>The tags of workers, by name.</summary>
    public Dictionary<string, string[]> WorkerTags { get; } = new(StringComparer.Ordinal);

    public Ledger Ledger { get; }

    public SimulatedTemplates Templates { get; }

    public Auditor Checks { get; }

    public Cluster Cluster { get; }

    /// <summary>No more faults, no more new work: everything has to come to its end.</summary>
    public bool IsHealed { get; set; }

    /// <summary>What is asked from now on is decided in this flush or a later one.</summary>
    public (long Epoch, long Number) LastFlush { get; set; }

    public long Now => Schedule.Now;

    public bool Fault(double probability) => !IsHealed && Chance.Hits(probability);

    public void Note(string what, long a = 0, long b = 0)
    {
        Log.Add(what, a, b);
        Coverage.Count(what);
    }
}
