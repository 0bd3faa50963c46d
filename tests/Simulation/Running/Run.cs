using Worcr.Simulation.Actors;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Running;

/// <summary>One seed, one run: a phase with faults, then a healed one in which everything has to come to its end.</summary>
internal sealed class Run
{
    private const long MostSteps = 600_000;
    private const long MostHealedMs = 15 * 60_000;
    private const long SettleMs = 8_000;
    private readonly SimulatedWorld _world;
    private readonly List<SessionWorker> _workers;
    private readonly List<PollWorker> _pollers;
    private readonly Producer _producer;
    private readonly Governor _governor;
    private readonly Scheduler _scheduler;
    private readonly Batcher _batcher;
    private readonly Families _families;

    private Run(Scenario scenario, TextWriter? echo)
    {
        _world = new SimulatedWorld(scenario, echo);
        _workers = [.. Enumerable.Range(0, scenario.Workers).Select(i => new SessionWorker(_world, i))];
        _pollers = [.. Enumerable.Range(0, scenario.Pollers).Select(i => new PollWorker(_world, i))];
        _producer = new Producer(_world);
        _governor = new Governor(_world);
        _scheduler = new Scheduler(_world);
        _batcher = new Batcher(_world);
        _families = new Families(_world);
    }

    public static RunResult Of(int seed, TextWriter? echo = null)
    {
        var run = new Run(Scenario.Of(seed), echo);
        Exception? failure = null;
        try
        {
            run.Play();
        }
        catch (Exception broken)
        {
            failure = broken;
        }

        var world = run._world;
        world.Coverage.Count("run " + world.Scenario.Kind);
        return new RunResult(world.Scenario, failure, [.. world.Log.Last], world.Log.Hash, world.Schedule.Steps, world.Coverage);
    }

    private void Play()
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
        Until(() => _world.Schedule.Elapsed >= _world.Scenario.FaultMs, "the end of the faults");
        Heal();
        var limit = _world.Now + MostHealedMs;
        do
        {
            Until(() => (_producer.IsDone && _governor.IsHealed && _scheduler.IsDone && _batcher.IsDone && _families.IsDone && _world.Database.Live.Count == 0) || _world.Now > limit, "the end of all jobs");
            var settled = _world.Now + SettleMs;
            Until(() => _world.Now > settled, "silence");
        }
        while (_world.Database.Live.Count > 0 && _world.Now < limit);
        _governor.Look();
        Until(() => _governor.HasLooked || _world.Now > limit, "a look at the limits");
        _world.Checks.Ended();
    }

    private void Heal()
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

    private void Until(Func<bool> reached, string what)
    {
        while (!reached())
        {
            if (!_world.Schedule.Step()) throw new Violation("time goes on", $"nothing is left to happen before {what}");
            if (_world.Schedule.Steps > MostSteps) throw new Violation("nobody works in vain", $"{MostSteps} events before {what}");
        }
    }
}
