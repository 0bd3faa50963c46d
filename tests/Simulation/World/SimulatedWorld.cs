using Worcr.Simulation.Checks;
using Worcr.Simulation.Running;
using Worcr.Simulation.Server;

namespace Worcr.Simulation.World;

/// <summary>Everything that the actors of one namespace share.</summary>
internal sealed class SimulatedWorld
{
    private readonly Chance _ids;

    public SimulatedWorld(Scenario scenario, Installation installation, string name)
    {
        Scenario = scenario;
        Installation = installation;
        Name = name;
        Chance = new Chance(scenario.Seed);
        _ids = new Chance(~installation.Seed);
        Database = new NamespaceView(installation.Database, name);
        Log = new WorldLog(installation.Log, installation.Worlds.Count + scenario.Neighbours.Count == 0 ? "" : name);
        Network = new Network(this);
        Ledger = new Ledger(this);
        Templates = new SimulatedTemplates(this);
        Checks = new Auditor(this);
        Cluster = new Cluster(this);
        installation.Add(this);
    }

    public Scenario Scenario { get; }

    public Installation Installation { get; }

    /// <summary>The namespace's.</summary>
    public string Name { get; }

    public Schedule Schedule => Installation.Schedule;

    public Coverage Coverage => Installation.Coverage;

    /// <summary>What is stored of the namespace.</summary>
    public NamespaceView Database { get; }

    public Chance Chance { get; }

    public WorldLog Log { get; }

    public ModelJobStore Store => Installation.Store;

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

    /// <summary>An id that a producer gives. Neighbours give the same ones: an id means something in its namespace only.</summary>
    public Guid GivenId() => _ids.Id();

    public bool Fault(double probability) => !IsHealed && Chance.Hits(probability);

    public void Note(string what, long a = 0, long b = 0)
    {
        Log.Add(what, a, b);
        Coverage.Count(what);
    }
}
