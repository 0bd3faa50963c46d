using Worcr.Simulation.World;

namespace Worcr.Simulation.Server;

/// <summary>
/// One life of a dispatcher and its host, as DispatcherGrain.Loop.cs turns it: messages, commits and reads come in, turns take them up.
/// A silo that is paused goes on later as if nothing had happened; one that is dead has forgotten everything.
/// </summary>
internal sealed partial class Silo
{
    private readonly SimulatedWorld _world;
    private readonly Queue<SimulatedEnvelope> _inbox = new();
    private readonly Queue<StoreRead> _returns = new();
    private readonly Queue<LeaseToken> _forsaken = new();
    private readonly List<SimulatedEnvelope> _open = [];
    private readonly List<Gateway> _gateways = [];
    private long _clockOffset;
    private long _alarm;
    private bool _isTurnDue;

    public Silo(SimulatedWorld world, Ownership ownership, NamespaceState state, long clockOffset)
    {
        _world = world;
        Ownership = ownership;
        _clockOffset = clockOffset;
        Dispatcher = new Dispatcher(world.Scenario.Options, world.Templates, ownership, state, new Random(world.Chance.Next()), Clock);
        Gauges = new DispatcherGauges(Dispatcher);
        Wake();
    }

    public Ownership Ownership { get; }

    public Dispatcher Dispatcher { get; }

    public DispatcherGauges Gauges { get; }

    public bool IsDead { get; private set; }

    /// <summary>As the store says. A former owner may read what its successor writes and stumble over it; it can do no harm.</summary>
    public bool IsOwner => Ownership.Epoch == _world.Database.Record.Epoch;

    public bool IsPaused { get; private set; }

    public bool IsDraining { get; private set; }

    public long Clock => _world.Now + _clockOffset;

    public long ClockOffset => _clockOffset;

    /// <summary>Calls that it has in hand and has not answered.</summary>
    public IReadOnlyList<SimulatedEnvelope> Open => _open;

    /// <summary>Nothing is on its way to the store or back.</summary>
    public bool IsIdle => _commits.Count == 0 && _inbox.Count == 0 && _readsUnderWay == 0;

    public void Post(SimulatedEnvelope envelope)
    {
        if (IsDead)
        {
            envelope.Lose();
            return;
        }

        envelope.Silo = this;
        _open.Add(envelope);
        _inbox.Enqueue(envelope);
        Wake();
    }

    /// <summary>Somebody who waited for permits has gone.</summary>
    public void Forsake(LeaseToken lease)
    {
        _forsaken.Enqueue(lease);
        Wake();
    }

    public void Connect(Gateway gateway) => _gateways.Add(gateway);

    public void Wake()
    {
        if (_isTurnDue || IsDead || IsPaused) return;
        _isTurnDue = true;
        _world.Schedule.In(_world.Chance.Next(3), Turn);
    }

    public void Jump(long ms)
    {
        _clockOffset += ms;
        _world.Schedule.In(_world.Chance.Next(200), Wake);
    }

    public void Pause() => IsPaused = true;

    public void Resume()
    {
        IsPaused = false;
        Wake();
    }

    public void Drain()
    {
        IsDraining = true;
        Dispatcher.Begin(Clock);
        Dispatcher.Drain("the silo stops");
        Wake();
    }

    /// <summary>As DisposeAsync does: gives back what workers hold, and ends when that is durable.</summary>
    public void CloseAll(Action done)
    {
        Dispatcher.Begin(Clock);
        Dispatcher.CloseAll(done);
        Wake();
    }

    /// <summary>Power off: what was on its way to the store may still arrive there.</summary>
    public void Crash() => End();

    /// <summary>The dispatcher cannot go on: it is thrown away, and all who wait hear it.</summary>
    private void Abandon(string why)
    {
        if (IsDead) return;
        _world.Note(why, Ownership.Epoch);
        Dispatcher.Abandon();
        Pump();
        End();
        _world.Cluster.Ended(this);
    }

    private void End()
    {
        IsDead = true;
        foreach (var envelope in _open) envelope.Lose();
        foreach (var gateway in _gateways) _world.Network.Send(gateway.Closed);
        _open.Clear();
        _gateways.Clear();
    }

    private void Turn()
    {
        _isTurnDue = false;
        if (IsDead || IsPaused) return;
        try
        {
            TurnOnce();
        }
        catch (Exception) when (!IsOwner)
        {
            Abandon("former owner fell over");
        }
    }

    private void TurnOnce()
    {
        Dispatcher.Begin(Clock);
        while (_returns.TryDequeue(out var read)) Dispatcher.Finished(read);
        while (_forsaken.TryDequeue(out var lease)) Dispatcher.Forsake(lease);
        TakeCommitted();
        var taken = 0;
        while (taken < _world.Scenario.MessagesPerTurn && !Dispatcher.IsFull && _inbox.TryDequeue(out var envelope))
        {
            taken++;
            Dispatcher.Handle(envelope);
        }

        Dispatcher.RunTimers();
        Dispatcher.Serve();
        while (Dispatcher.TryTakeWork(out var work)) Commit(work);
        while (Dispatcher.TryTakeRead(out var read)) Read(read);
        AppendLogs();
        Pump();
        _open.RemoveAll(e => e.IsReplied);
        _world.Checks.Turned(this);
        if ((_inbox.Count > 0 && taken > 0) || Dispatcher.IsBusy) Wake();
        SetAlarm();
    }

    private void SetAlarm()
    {
        var at = Dispatcher.NextWakeAt;
        var number = ++_alarm;
        if (at == long.MaxValue || IsDead) return;
        _world.Schedule.In(Math.Max(1, at - Clock), () =>
        {
            if (number == _alarm) Wake();
        });
    }

    private void AppendLogs()
    {
        var lines = Dispatcher.TakeLogs();
        if (lines.Count > 0) _world.Schedule.In(_world.Chance.Latency(_world.Scenario.StoreMs), () => _world.Store.AppendLogsAsync(lines, default).GetAwaiter().GetResult());
    }

    /// <summary>Sends what the sessions are told.</summary>
    private void Pump()
    {
        for (var i = _gateways.Count - 1; i >= 0; i--)
        {
            var gateway = _gateways[i];
            while (gateway.Messages.TryRead(out var message))
            {
                _world.Checks.Told(message);
                _world.Network.SendMaybeTwice(() => gateway.Deliver(message));
            }

            if (!gateway.Messages.Completion.IsCompleted) continue;
            _gateways.RemoveAt(i);
            _world.Network.Send(gateway.Closed);
        }
    }
}
