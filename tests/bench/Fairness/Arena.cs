using System.Diagnostics;
using Worcr.Core.Fairness;

namespace Worcr.FairnessBench;

/// <summary>Tenants with equally many lanes, and worker classes each of which takes half of the kinds of lanes.</summary>
internal sealed class Arena
{
    private const int Kinds = 16;
    private const int Rounds = 5;
    private const int LeaveEvery = 8;

    private readonly FairScheduler _scheduler = new(new Random(1));
    private readonly BenchLane[] _lanes;
    private readonly FairClass[] _classes;
    private readonly Gates? _gates;
    private readonly double _addedClassMs;
    private readonly double _bytesPerLane;

    public Arena(Setting setting, FairStrategy strategy)
    {
        _scheduler.Switch(strategy);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var tenants = setting.Tenants;
        _gates = setting.Gated ? new Gates(tenants, setting.Lanes / 4) : null;
        FairTenant[] owners = [.. Enumerable.Range(0, tenants).Select(i => new FairTenant($"t{i}") { Share = 1 + (i % 3) })];
        _lanes = new BenchLane[setting.Lanes];
        for (var i = 0; i < setting.Lanes; i++) _lanes[i] = Add(i, owners[i % tenants], ((i / tenants) + i) % Kinds);
        Block(setting.Blocked, owners);
        _classes = new FairClass[setting.Classes];
        for (var i = 0; i < setting.Classes; i++)
        {
            var start = Stopwatch.GetTimestamp();
            _classes[i] = AddClass(i);
            _addedClassMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        _bytesPerLane = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / (setting.Lanes + setting.Blocked);
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

        GC.KeepAlive(_lanes);
        return new Figures(rounds.Min(), _addedClassMs, _bytesPerLane);
    }

    private BenchLane Add(int number, FairTenant owner, int kind)
    {
        var lane = new BenchLane(owner, kind);
        _scheduler.Place(lane, kind, _gates?.Of(number, kind) ?? []);
        _scheduler.HeadIs(lane, number, lane.Weight);
        _scheduler.Activate(lane);
        return lane;
    }

    private void Block(int lanes, FairTenant[] owners)
    {
        var gate = new FairGate(0, "pause");
        gate.Close();
        for (var i = 0; i < lanes; i++)
        {
            var lane = new BenchLane(owners[i % owners.Length], i % Kinds);
            _scheduler.Place(lane, lane.Kind, gate);
            _scheduler.Activate(lane);
        }
    }

    private FairClass AddClass(int number)
    {
        var first = number % Kinds;
        return _scheduler.AddClass(kind => (((int)kind + first) % Kinds) < Kinds / 2);
    }

    private void Decide(int decisions)
    {
        for (var i = 0; i < decisions; i++)
        {
            if (_classes[i % _classes.Length].Choose() is not BenchLane lane) throw new InvalidOperationException("There is nothing to serve.");
            _scheduler.Charge(lane, 1, lane.Weight);
            _scheduler.Ended(lane.Tenant);
            _gates?.Turn(i, (int)lane.Head, lane.Kind);
            if (i % LeaveEvery != 0) continue;
            _scheduler.Deactivate(lane);
            _scheduler.Activate(lane);
        }
    }
}
