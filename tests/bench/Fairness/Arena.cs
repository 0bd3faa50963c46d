using System.Diagnostics;
using Worcr.Core.Fairness;

namespace Worcr.FairnessBench;

/// <summary>Tenants with equally many lanes, and worker classes each of which takes half of the kinds of lanes.</summary>
internal sealed class Arena
{
    private const int Kinds = 16;
    private const int Rounds = 7;
    private const int LeaveEvery = 8;

    private readonly FairScheduler _scheduler = new();
    private readonly BenchLane[] _lanes;
    private readonly FairClass[] _classes;
    private readonly double _addedClassMs;
    private readonly double _bytesPerLane;

    public Arena(int tenants, int lanes, int classes)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        FairTenant[] owners = [.. Enumerable.Range(0, tenants).Select(i => new FairTenant($"t{i}") { Share = 1 + (i % 3) })];
        _lanes = [.. Enumerable.Range(0, lanes).Select(i => new BenchLane(owners[i % tenants], ((i / tenants) + i) % Kinds))];
        foreach (var lane in _lanes) _scheduler.Activate(lane);
        _classes = new FairClass[classes];
        for (var i = 0; i < classes; i++)
        {
            var start = Stopwatch.GetTimestamp();
            _classes[i] = AddClass(i);
            _addedClassMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        _bytesPerLane = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / lanes;
    }

    public Figures Measure(int decisions)
    {
        Decide(decisions / 4);
        var rounds = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            Decide(decisions);
            rounds[i] = (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / decisions;
        }

        return new Figures(rounds.Min(), _addedClassMs, _bytesPerLane);
    }

    private FairClass AddClass(int number)
    {
        var first = number % Kinds;
        return _scheduler.AddClass(lane => ((((BenchLane)lane).KindNumber + first) % Kinds) < Kinds / 2);
    }

    private void Decide(int decisions)
    {
        for (var i = 0; i < decisions; i++)
        {
            var lane = (BenchLane)_classes[i % _classes.Length].Choose()!;
            _scheduler.Charge(lane, 1, lane.Weight);
            if (i % LeaveEvery != 0) continue;
            _scheduler.Deactivate(lane);
            _scheduler.Activate(lane);
        }
    }
}
