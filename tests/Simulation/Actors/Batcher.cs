using System.Globalization;
using System.Text;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>Makes batches with callbacks, some with jobs that wait for others, and asks again until it is answered; cancels some.</summary>
internal sealed class Batcher(SimulatedWorld world)
{
    private const int Patience = 900;
    private const int Batches = 12;
    private int _made;
    private int _open;

    public bool IsDone => _open == 0;

    public void Start()
    {
        if (!world.Scenario.IsFaultless) Next();
    }

    private void Next() => world.Schedule.In(world.Chance.Gap(world.Scenario.FaultMs / Batches), () =>
    {
        if (world.IsHealed) return;
        var create = Create();
        Ask(create);
        if (world.Chance.Hits(0.2)) world.Schedule.In(world.Chance.Next(4_000), () => world.Cluster.Call(new BatchRequest.Cancel(create.Id), _ => { }));
        Next();
    });

    private BatchRequest.Create Create()
    {
        var (id, size) = (world.GivenId(), world.Chance.Between(1, 12));
        var number = ++_made;
        var jobs = Enumerable.Range(0, size).Select(i => Member(number, i)).ToList();
        foreach (var job in jobs) world.Ledger.Add(new JobSpec { Batch = -1_000_000 - number, Size = size, IsPlain = true, Job = job, DueAt = 0 });
        int[][] after = world.Chance.Hits(0.5) ? [.. Enumerable.Range(0, size).Select(Before)] : [];
        return new BatchRequest.Create(id, null, false, jobs)
        {
            After = after,
            OnSuccess = Encoding.UTF8.GetBytes($"batch:{id}:success"),
            OnFailure = Encoding.UTF8.GetBytes($"batch:{id}:failure"),
            OnComplete = Encoding.UTF8.GetBytes($"batch:{id}:complete"),
        };
    }

    private int[] Before(int job) => [.. Enumerable.Range(0, job).Where(_ => world.Chance.Hits(0.3))];

    private Job Member(int batch, int number) => new()
    {
        Shape = new LaneShape("a", $"t{world.Chance.Next(3)}", "default", [], 1, 0, null),
        Args = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"batch\":{batch},\"n\":{number}}}")),
        Options = new JobOptions { TimeoutMs = 2_000, Retry = new RetryPolicy { BaseMs = 100, CapMs = 500, MaxAttempts = world.Chance.Of([1, 3, 25]) } },
        ExpiresAt = world.Chance.Hits(0.1) ? world.Now + world.Chance.Between(1, 20_000) : 0,
    };

    /// <summary>Until somebody answers.</summary>
    private void Ask(BatchRequest request)
    {
        _open++;
        var isOver = false;
        void Heard(object? reply)
        {
            if (isOver) return;
            isOver = true;
            if (reply is not BatchReply { Refusal: null }) world.Schedule.In(world.Chance.Between(1, 200), () => Again(request));
            else _open--;
        }

        world.Cluster.CallOn(null, request, Heard);
        world.Schedule.In(Patience, () => Heard(null));
    }

    private void Again(BatchRequest request)
    {
        _open--;
        Ask(request);
    }
}
