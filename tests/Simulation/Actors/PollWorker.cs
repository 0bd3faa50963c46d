using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>A worker that polls, and sometimes hangs up while it waits.</summary>
internal sealed class PollWorker
{
    private readonly SimulatedWorld _world;
    private readonly AttemptRunner _runner;
    private readonly string _name;
    private readonly string[] _tags;
    private int _poll;

    public PollWorker(SimulatedWorld world, int number)
    {
        _world = world;
        _runner = new AttemptRunner(world, () => world.Cluster.Current) { Slots = 10 };
        _name = $"p{number}";
        _tags = world.Scenario.IsFaultless || world.Chance.Hits(0.5) ? [] : ["eu"];
        world.WorkerTags[_name] = _tags;
    }

    public void Poll()
    {
        var poll = ++_poll;
        var hangUp = new CancellationTokenSource();
        var request = new LeaseRequest
        {
            Worker = _name,
            Types = _world.IsHealed || _world.Scenario.IsFaultless || _world.Chance.Hits(0.5) ? ["*"] : ["a", "ord"],
            Tags = _tags,
            Max = _world.Chance.Between(1, 5),
            WaitMs = _world.Chance.Of([0, 50, 1_000]),
        };
        _world.Cluster.Call(request, reply => Heard(poll, reply), cancel: hangUp.Token);
        if (_world.Fault(0.1))
        {
            _world.Schedule.In(_world.Chance.Next(300), () =>
            {
                _world.Coverage.Count("poll hung up");
                hangUp.Cancel();
                _world.Cluster.Current?.Wake();
            });
        }

        _world.Schedule.In(2_500, () => Again(poll));
    }

    public void Heal() => _runner.Clear();

    private void Heard(int poll, object? reply)
    {
        if (poll != _poll) return;
        if (reply is LeaseReply { Jobs.Count: > 0 } lease)
        {
            _world.Coverage.Count("poll got jobs");
            _runner.Take(lease.Jobs);
        }

        _world.Schedule.In(_world.Chance.Between(5, 400), () => Again(poll));
    }

    private void Again(int poll)
    {
        if (poll == _poll) Poll();
    }
}
