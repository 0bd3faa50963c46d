using Worcr.Simulation.World;

namespace Worcr.Simulation.Server;

/// <summary>The silos over one store: one owns the namespace, others did and may not know yet that they do no longer.</summary>
internal sealed class Cluster(SimulatedWorld world)
{
    private readonly List<Silo> _former = [];
    private int _silos;
    private bool _isStarting;

    /// <summary>The silo that owns the namespace, or null while there is none.</summary>
    public Silo? Current { get; private set; }

    /// <summary>Sends a call to the current silo (or to a former one that still listens).</summary>
    public void Call(object request, Action<object?> heard, Action<Silo, object>? answered = null, CancellationToken cancel = default)
    {
        var silo = _former.Find(s => !s.IsDead) is { } former && world.Chance.Hits(0.2) ? former : Current;
        CallOn(silo, request, heard, answered, cancel);
    }

    public void CallOn(Silo? silo, object request, Action<object?> heard, Action<Silo, object>? answered = null, CancellationToken cancel = default) => world.Network.SendMaybeTwice(() =>
    {
        var target = silo is null || silo.IsDead ? Current : silo;
        if (target is null || cancel.IsCancellationRequested)
        {
            world.Network.Send(() => heard(null));
            return;
        }

        target.Post(new SimulatedEnvelope(world, Copied(request), heard, cancel) { Answered = answered });
    });

    /// <summary>Starts a silo that takes the namespace over, after a while.</summary>
    public void StartSoon(int ms)
    {
        if (_isStarting) return;
        _isStarting = true;
        world.Schedule.In(ms, Start);
    }

    /// <summary>A silo found out that it is over.</summary>
    public void Ended(Silo silo)
    {
        _former.Remove(silo);
        if (!ReferenceEquals(silo, Current)) return;
        Current = null;
        StartSoon(world.Chance.Between(5, 400));
    }

    public void Crash()
    {
        if (Current is not { } silo) return;
        world.Note("silo crash", silo.Ownership.Epoch);
        silo.Crash();
        Ended(silo);
    }

    /// <summary>The owner stops dead for a while; somebody else takes over; then the former owner goes on.</summary>
    public void PauseAndTakeOver()
    {
        if (Current is not { } silo) return;
        world.Note("silo paused", silo.Ownership.Epoch);
        silo.Pause();
        _former.Add(silo);
        StartSoon(world.Chance.Between(20, 600));
        world.Schedule.In(world.Chance.Between(20, 3_000), silo.Resume);
    }

    /// <summary>The owner leaves in good order.</summary>
    public void HandOver()
    {
        if (Current is not { IsDraining: false } silo) return;
        world.Note("silo drained", silo.Ownership.Epoch);
        silo.Drain();
        world.Schedule.In(world.Chance.Between(50, 800), () =>
        {
            if (silo.IsDead) return;
            silo.CloseAll(() =>
            {
                world.Coverage.Count("silo closed in good order");
                world.Schedule.In(0, () =>
                {
                    if (silo.IsDead) return;
                    silo.Crash();
                    Ended(silo);
                });
            });
        });
    }

    public void Jump(long ms)
    {
        world.Note(ms > 0 ? "clock jumps forward" : "clock jumps back", Math.Abs(ms));
        Current?.Jump(ms);
    }

    /// <summary>No more faults: former owners are over.</summary>
    public void Heal()
    {
        foreach (var silo in _former.ToArray()) silo.Crash();
        _former.Clear();
        if (Current is { IsPaused: true } or { IsDraining: true }) Crash();
        if (Current is null) StartSoon(1);
    }

    private void Start()
    {
        var name = $"silo-{world.Name}-{++_silos}";
        var request = new AcquireOwnership(world.Name, name, 8_000, world.Now, Takeover: true);
        var ownership = world.Store.AcquireAsync(request, default).GetAwaiter().GetResult().Ownership!;
        world.Schedule.In(world.Chance.Latency(world.Scenario.StoreMs), () => Load(ownership));
    }

    private void Load(Ownership ownership)
    {
        _isStarting = false;
        var state = world.Store.LoadAsync(ownership, default).GetAwaiter().GetResult();
        world.Checks.Loaded(state);
        world.Note("silo start", ownership.Epoch, state.OpenLeases.Count);
        if (state.OpenLeases.Count > 0) world.Coverage.Count("lease recovered", state.OpenLeases.Count);
        var former = Current;
        if (former is not null && !_former.Contains(former)) _former.Add(former);
        Current = new Silo(world, ownership, state, former?.ClockOffset ?? world.Scenario.Seed % 500);
        world.Checks.Started(Current);
    }

    /// <summary>A message that crosses the network is another object when it arrives.</summary>
    private static object Copied(object request) => request switch
    {
        EnqueueRequest enqueue => new EnqueueRequest([.. enqueue.Jobs.Select(j => j.Copy())]),
        BatchRequest.Create create => create with { Jobs = [.. create.Jobs.Select(j => j.Copy())] },
        _ => request,
    };
}
