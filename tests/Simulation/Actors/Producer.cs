using Worcr.Simulation.Running;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>Enqueues jobs, and asks again with the same jobs when nobody answers.</summary>
internal sealed class Producer(SimulatedWorld world)
{
    private const int Patience = 800;
    private readonly JobMaker _maker = new(world);
    private int _left = world.Scenario.Jobs;
    private int _open;

    public bool IsDone => _left <= 0 && _open == 0;

    public void Start()
    {
        if (world.Scenario.Kind == ScenarioKind.Fairness) PutShares(0);
        else Next();
    }

    private void Next()
    {
        if (_left <= 0) return;
        if (world.IsHealed)
        {
            _left = 0;
            return;
        }

        world.Schedule.In(world.Chance.Gap(world.Scenario.FaultMs / 40), () =>
        {
            var size = Math.Min(_left, world.Chance.Hits(0.5) ? 1 : world.Chance.Hits(0.1) ? world.Chance.Between(50, 200) : world.Chance.Between(2, 20));
            if (size > 0)
            {
                _left -= size;
                Send(_maker.Batch(size), 0);
            }

            Next();
        });
    }

    private void Send(EnqueueRequest request, int tries)
    {
        _open++;
        var isOver = false;
        void Heard(object? reply)
        {
            if (isOver) return;
            isOver = true;
            _open--;
            var isAnswered = reply is EnqueueReply { Refusal: null or { Kind: RefusalKind.UniqueConflict } };
            if (isAnswered || tries >= 6) return;
            world.Coverage.Count("enqueue asked again");
            world.Schedule.In(world.Chance.Between(1, 300), () => Send(request, tries + 1));
            _open++;
            world.Schedule.In(301, () => _open--);
        }

        world.Cluster.Call(request, Heard);
        world.Schedule.In(Patience, () => Heard(null));
    }

    /// <summary>Shares first, then the backlogs; the last tenant comes late.</summary>
    private void PutShares(int number)
    {
        var shares = world.Scenario.Shares;
        if (number < shares.Count)
        {
            var put = new ResourceRequest.Put(Scenario.Tenant(number), new Worcr.Core.Rules.TenantRule(shares[number]));
            world.Cluster.Call(put, reply =>
            {
                if (reply is null) world.Schedule.In(20, () => PutShares(number));
                else PutShares(number + 1);
            });
            return;
        }

        for (var i = 0; i < shares.Count; i++) Backlog(i, i == shares.Count - 1 ? world.Chance.Between(200, 3_000) : 0);
        _left = 0;
    }

    private void Backlog(int tenant, int delay)
    {
        var size = world.Chance.Of([40, 80, 300]);
        var weight = world.Chance.Of([1, 2, 5]);
        _open++;
        world.Schedule.In(delay, () =>
        {
            _open--;
            Send(_maker.Backlog(Scenario.Tenant(tenant), size, weight), 0);
        });
    }
}
