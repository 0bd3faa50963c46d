using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>A worker with a session: its connection breaks, it comes back with what it holds, it dies, it leaves.</summary>
internal sealed class SessionWorker
{
    private static readonly string[][] TypeSets = [["*"], ["a", "ord"], ["b", "c"], ["a", "b", "c", "ord"]];
    private static readonly string[][] TagSets = [[], ["gpu"], ["eu"], ["eu", "gpu"]];
    private readonly SimulatedWorld _world;
    private readonly AttemptRunner _runner;
    private readonly int _number;
    private readonly string[] _tags;
    private string[] _types;
    private string _name;
    private int _life;
    private int _connection;
    private long _session;
    private Silo? _silo;

    public SessionWorker(SimulatedWorld world, int number)
    {
        _world = world;
        _number = number;
        _runner = new AttemptRunner(world, () => _silo) { Slots = world.Chance.Between(1, 6) };
        _types = number == 0 || world.Scenario.IsFaultless ? TypeSets[0] : world.Chance.Of(TypeSets);
        _tags = number == 0 || world.Scenario.IsFaultless ? TagSets[0] : world.Chance.Of(TagSets);
        _name = $"w{number}";
    }

    public void Connect()
    {
        var connection = ++_connection;
        LeaveBehind();
        _world.WorkerTags[_name] = _tags;
        var request = new RegisterRequest
        {
            Worker = _name,
            Types = _types,
            Tags = _tags,
            Slots = _runner.Slots,
            Prefetch = _world.Chance.Of<int?>([null, 0, 2]),
            Held = _runner.Held,
        };
        if (request.Held.Count > 0) _world.Coverage.Count("registered with held leases");
        _world.Cluster.Call(request, reply => Registered(connection, request.Held, reply), answered: (silo, reply) => Opened(connection, silo, (RegisterReply)reply));
        Again(connection, 600);
    }

    /// <summary>The connection breaks; the server may notice, or not.</summary>
    public void Break()
    {
        if (_session == 0) return;
        _world.Note("connection broken", _number);
        var connection = ++_connection;
        LeaveBehind();
        Again(connection, _world.Chance.Of([20, 200, 1_000, 3_000]));
    }

    public void Die()
    {
        _world.Note("worker died", _number);
        _runner.Clear();
        var connection = ++_connection;
        LeaveBehind();
        if (_world.Chance.Hits(0.5)) _name = $"w{_number}.{++_life}";
        Again(connection, _world.Chance.Between(50, 4_000));
    }

    /// <summary>The worker says goodbye, and what it holds goes back.</summary>
    public void Leave()
    {
        if (_session == 0) return;
        _world.Note("worker left", _number);
        _runner.Clear();
        Say(SessionAction.Close);
        _session = 0;
        Again(++_connection, _world.Chance.Between(50, 1_000));
    }

    public void Resize()
    {
        _runner.Slots = _world.Chance.Between(0, 6);
        Say(SessionAction.Slots, _runner.Slots);
    }

    public void Drain() => Say(SessionAction.Drain);

    /// <summary>From now on it serves everything, and well.</summary>
    public void Heal()
    {
        _types = TypeSets[0];
        _runner.Slots = 8;
        _runner.Clear();
        Connect();
    }

    /// <summary>The server's end: from here on messages flow.</summary>
    private void Opened(int connection, Silo silo, RegisterReply reply)
    {
        if (reply.Session == 0 || silo.Dispatcher.MessagesOf(reply.Session) is not { } messages) return;
        silo.Connect(new Gateway(messages, message => Told(connection, message), () => Closed(connection)));
    }

    private void Registered(int connection, IReadOnlyList<LeaseToken> held, object? reply)
    {
        if (connection != _connection || _session != 0 || reply is not RegisterReply { Session: > 0 } answer) return;
        _session = answer.Session;
        _silo = _world.Cluster.Current;
        _runner.Keep(held, answer.Accepted);
        if (answer.Accepted.Count > 0) _world.Coverage.Count("lease re-attached", answer.Accepted.Count);
        Beat(connection);
    }

    private void Told(int connection, SessionMessage message)
    {
        if (connection != _connection) return;
        switch (message)
        {
            case SessionMessage.Run run: _runner.Take(run.Jobs); break;
            case SessionMessage.Cancel cancel: _runner.Cancel(cancel.Lease); break;
            case SessionMessage.Interrupt interrupt: _runner.Interrupt(interrupt.Lease); break;
            case SessionMessage.Drain: _world.Schedule.In(_world.Chance.Between(1, 500), () => Leave(connection)); break;
        }
    }

    private void Leave(int connection)
    {
        if (connection != _connection) return;
        _runner.YieldAll();
        _world.Schedule.In(_world.Chance.Between(1, 200), () =>
        {
            if (connection == _connection) Leave();
        });
    }

    private void Closed(int connection)
    {
        if (connection != _connection) return;
        _session = 0;
        Again(++_connection, _world.Chance.Between(5, 300));
    }

    private void Beat(int connection) => _world.Schedule.In(_world.Scenario.Options.HeartbeatMs, () =>
    {
        if (connection != _connection) return;
        Say(SessionAction.Heartbeat);
        Beat(connection);
    });

    private void Say(SessionAction action, int slots = 0)
    {
        var connection = _connection;
        if (_session == 0) return;
        _world.Cluster.CallOn(_silo, new SessionRequest(_session, action, slots), reply =>
        {
            if (connection == _connection && reply is null or SessionReply { Known: false }) Closed(connection);
        });
    }

    /// <summary>What becomes of the session that the worker had.</summary>
    private void LeaveBehind()
    {
        if (_session != 0 && _world.Chance.Hits(0.7)) Say(SessionAction.Detach);
        _session = 0;
    }

    /// <summary>Connects after a while unless something else happened before.</summary>
    private void Again(int connection, int ms) => _world.Schedule.In(ms, () =>
    {
        if (connection == _connection && _session == 0) Connect();
    });
}
