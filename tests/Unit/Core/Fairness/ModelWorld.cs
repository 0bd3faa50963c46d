using Worcr.Core.Fairness;

namespace Worcr.Unit.Core.Fairness;

/// <summary>
/// A world in which everything happens at random, and a model that looks at every lane: which ones a class may be given now, and which of them
/// stand first by what the strategy promises.
/// </summary>
internal sealed class ModelWorld
{
    private const int Kinds = 5;
    private const int MaxClasses = 12;
    private readonly Random _chance;
    private readonly FairTenant[] _tenants;
    private readonly FairGate[] _gates;
    private readonly ModelLane[] _lanes;
    private readonly List<ModelClass> _classes = [];
    private readonly List<FairTenant> _running = [];
    private readonly List<FairHold> _holds = [];
    private readonly Dictionary<FairTenant, int> _runningOf = [];

    public ModelWorld(FairStrategy strategy, int seed)
    {
        _chance = new Random(seed);
        Scheduler = new FairScheduler(new Random(seed));
        Scheduler.Switch(strategy);
        _tenants = [.. Enumerable.Range(0, 8).Select(i => new FairTenant($"t{i}") { Share = 1 + (i % 3) })];
        _gates = [.. Enumerable.Range(0, 14).Select(i => new FairGate(i / 4, $"g{i}"))];
        _lanes = [.. Enumerable.Range(0, 70).Select(i => new ModelLane(_tenants[i % 8]))];
        foreach (var lane in _lanes) Place(lane);
    }

    public FairScheduler Scheduler { get; }

    public int Chosen { get; private set; }

    public void Step()
    {
        var lane = _lanes[_chance.Next(_lanes.Length)];
        switch (_chance.Next(26))
        {
            case 0: Place(lane); break;
            case 1 or 2 or 3 or 4: Scheduler.Activate(lane); break;
            case 5: Scheduler.Deactivate(lane); break;
            case 6: Scheduler.Remove(lane); Place(lane); break;
            case 7 or 8: _gates[_chance.Next(_gates.Length)].Open(); break;
            case 9: _gates[_chance.Next(_gates.Length)].Close(); break;
            case 10 or 11: Scheduler.HeadIs(lane, _chance.Next(1_000), 1 + _chance.Next(4)); break;
            case 12: Scheduler.Correct(lane, _chance.NextDouble() - 0.5, lane.HeadWeight); break;
            case 13: lane.Tenant.Share = 1 + _chance.Next(5); break;
            case 14 when _classes.Count < MaxClasses: AddClass(); break;
            case 15 when _classes.Count > 4: RemoveClass(); break;
            case 16 or 17: End(); break;
            case 18 when lane.IsActive: _holds.Add(FairScheduler.Hold(lane)); break;
            case 19 when _holds.Count > 0: Release(); break;
            default: Serve(); break;
        }
    }

    /// <summary>Serves everything that can be served, and shows that nothing is left that could be.</summary>
    public void Finish()
    {
        foreach (var gate in _gates) gate.Open();
        while (_holds.Count > 0) Release();
        foreach (var workers in _classes)
        {
            while (Serve(workers) is { } lane) Scheduler.Deactivate(lane);
        }

        foreach (var lane in _lanes) Scheduler.Remove(lane);
        Scheduler.ActiveLanes.ShouldBe(0);
        foreach (var gate in _gates) (gate.Branches.Count, gate.ActiveLanes).ShouldBe((0, 0));
    }

    private void Place(ModelLane lane)
    {
        lane.Kind = _chance.Next(Kinds);
        lane.Gates = [.. _gates.Where(_ => _chance.Next(5) == 0)];
        var given = (FairGate[])lane.Gates.Clone();
        _chance.Shuffle(given);
        Scheduler.Place(lane, lane.Kind, given);
    }

    private void AddClass()
    {
        var (kinds, factor) = (_chance.Next(1, 1 << Kinds), 1 + _chance.Next(3));
        double FactorOf(int kind) => 1 + (kind * factor % 4);
        _classes.Add(new ModelClass(Scheduler.AddClass(k => (kinds >> (int)k & 1) != 0, k => FactorOf((int)k)), kinds, FactorOf));
    }

    private void RemoveClass()
    {
        var index = _chance.Next(_classes.Count);
        Scheduler.RemoveClass(_classes[index].Workers);
        _classes.RemoveAt(index);
    }

    private void Release()
    {
        var index = _chance.Next(_holds.Count);
        var held = _holds[index];
        _holds.RemoveAll(h => ReferenceEquals(h.Stall, held.Stall));
        FairScheduler.Release(held);
    }

    private void End()
    {
        if (_running.Count == 0) return;
        var tenant = _running[^1];
        _running.RemoveAt(_running.Count - 1);
        _runningOf[tenant]--;
        Scheduler.Ended(tenant);
    }

    private void Serve()
    {
        if (_classes.Count > 0) Serve(_classes[_chance.Next(_classes.Count)]);
        foreach (var gate in _gates) gate.ActiveLanes.ShouldBe(_lanes.Count(l => l.IsActive && l.Gates.Contains(gate)));
    }

    private ModelLane? Serve(ModelClass workers)
    {
        var chosen = (ModelLane?)workers.Workers.Choose();
        ModelLane[] servable = [.. _lanes.Where(l => l.IsActive && (workers.Kinds >> l.Kind & 1) != 0 && Array.TrueForAll(l.Gates, g => g.IsOpen) && !l.Stall!.IsHeld)];
        if (chosen is null)
        {
            servable.ShouldBeEmpty();
            return null;
        }

        servable.ShouldContain(chosen);
        foreach (var lane in servable) IsBefore(lane, chosen, workers).ShouldBeFalse();
        Scheduler.Charge(chosen, 1, chosen.HeadWeight);
        _running.Add(chosen.Tenant);
        _runningOf[chosen.Tenant] = _runningOf.GetValueOrDefault(chosen.Tenant) + 1;
        Chosen++;
        return chosen;
    }

    private bool IsBefore(ModelLane lane, ModelLane other, ModelClass workers)
    {
        var byPlace = PlaceOf(lane, workers).CompareTo(PlaceOf(other, workers));
        if (byPlace != 0 || !ReferenceEquals(lane.Tenant, other.Tenant) || IsLifted(lane) || IsLifted(other)) return byPlace < 0;
        if (Scheduler.Strategy is FairStrategy.Fifo or FairStrategy.Strict) return false;
        return lane.Stall!.StartOf(lane) < other.Stall!.StartOf(other);
    }

    /// <summary>Its node was closed for long: then the tenants of the node keep their order among themselves, and are lifted together.</summary>
    private static bool IsLifted(ModelLane lane) => lane.Stall!.StartOf(lane.Tenant) > lane.Tenant.Time;

    private (double First, UInt128 Second) PlaceOf(ModelLane lane, ModelClass workers) => Scheduler.Strategy switch
    {
        FairStrategy.Fifo => (lane.Head, UInt128.Zero),
        FairStrategy.Strict => (-lane.HeadWeight * workers.Factor(lane.Kind), (UInt128)lane.Head),
        FairStrategy.LeastRunning => (Math.Floor(_runningOf.GetValueOrDefault(lane.Tenant) / lane.Tenant.Share * (1 << 20)), lane.Tenant.Time >> 48),
        _ => (0, lane.Stall!.StartOf(lane.Tenant)),
    };
}
