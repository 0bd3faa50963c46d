using Worcr.Simulation.World;

namespace Worcr.Simulation.Running;

/// <summary>One seed, one run: a phase with faults, then a healed one in which everything has to come to its end.</summary>
internal sealed class Run
{
    private const long MostSteps = 600_000;
    private const long MostHealedMs = 15 * 60_000;
    private const long SettleMs = 8_000;
    private readonly Scenario _scenario;
    private readonly Installation _installation;
    private readonly Population[] _populations;

    private Run(Scenario scenario, TextWriter? echo)
    {
        _scenario = scenario;
        _installation = new Installation(scenario.Seed, echo);
        Scenario[] all = [scenario, .. scenario.Neighbours];
        _populations = [.. all.Select((s, i) => new SimulatedWorld(s, _installation, i == 0 ? "sim" : $"sim{i + 1}")).Select(w => new Population(w))];
    }

    private Schedule Schedule => _installation.Schedule;

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

        var installation = run._installation;
        installation.Coverage.Count("run " + run._scenario.Kind);
        return new RunResult(run._scenario, failure, [.. installation.Log.Last], installation.Log.Hash, run.Schedule.Steps, installation.Coverage);
    }

    private void Play()
    {
        foreach (var population in _populations) population.Start();
        Until(() => Schedule.Elapsed >= _scenario.FaultMs, "the end of the faults");
        foreach (var population in _populations) population.Heal();
        var limit = Schedule.Now + MostHealedMs;
        do
        {
            Until(() => _populations.All(p => p.IsDone) || Schedule.Now > limit, "the end of all jobs");
            var settled = Schedule.Now + SettleMs;
            Until(() => Schedule.Now > settled, "silence");
        }
        while (!_populations.All(p => p.IsEmpty) && Schedule.Now < limit);
        foreach (var population in _populations) population.Look();
        Until(() => _populations.All(p => p.HasLooked) || Schedule.Now > limit, "a look at the limits");
        foreach (var world in _installation.Worlds) world.Checks.Ended();
    }

    private void Until(Func<bool> reached, string what)
    {
        while (!reached())
        {
            if (!Schedule.Step()) throw new Violation("time goes on", $"nothing is left to happen before {what}");
            if (Schedule.Steps > MostSteps) throw new Violation("nobody works in vain", $"{MostSteps} events before {what}");
        }
    }
}
