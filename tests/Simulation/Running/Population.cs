using Worcr.Simulation.Actors;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Running;

/// <summary>All who live in one namespace: workers, producers, operators, and what goes wrong.</summary>
internal sealed class Population
{
    private readonly SimulatedWorld _world;
    private readonly List<SessionWorker> _workers;
    private readonly List<PollWorker> _pollers;
    private readonly Producer _producer;
    private readonly Governor _governor;
    private readonly Scheduler _scheduler;
    private readonly Batcher _batcher;
    private readonly Families _families;

    public Population(SimulatedWorld world)
    {
        _world = world;
        _workers = [.. Enumerable.Range(0, world.Scenario.Workers).Select(i => new SessionWorker(world, i))];
        _pollers = [.. Enumerable.Range(0, world.Scenario.Pollers).Select(i => new PollWorker(world, i))];
        _producer = new Producer(world);
        _governor = new Governor(world);
        _scheduler = new Scheduler(world);
        _batcher = new Batcher(world);
        _families = new Families(world);
    }

    /// <summary>Nobody asks for anything any more, and every job has finished.</summary>
    public bool IsDone => _producer.IsDone && _governor.IsHealed && _scheduler.IsDone && _batcher.IsDone && _families.IsDone && IsEmpty;

    public bool IsEmpty => _world.Database.Live.IsEmpty;

    public bool HasLooked => _governor.HasLooked;

    public void Start()
    {
        _world.Cluster.StartSoon(0);
        foreach (var worker in _workers) _world.Schedule.In(_world.Chance.Next(300), worker.Connect);
        foreach (var poller in _pollers) _world.Schedule.In(_world.Chance.Next(300), poller.Poll);
        _world.Schedule.In(_world.Chance.Next(100), _producer.Start);
        _scheduler.Start();
        _batcher.Start();
        _families.Start();
        new Operator(_world).Start();
        _governor.Start();
        new Chaos(_world, _workers).Start();
        if (_world.Installation.Worlds.Count > 1) new Stranger(_world).Start();
    }

    public void Heal()
    {
        _world.Note("healed");
        _world.IsHealed = true;
        _world.Cluster.Heal();
        _governor.Heal();
        if (_world.Scenario.IsFaultless) return;
        _scheduler.Heal();
        foreach (var worker in _workers) worker.Heal();
        foreach (var poller in _pollers) poller.Heal();
    }

    /// <summary>Somebody looks at the limits.</summary>
    public void Look() => _governor.Look();
}
