using System.Globalization;
using System.Text;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>Makes jobs with children, in one request in any order and later one by one, and asks again until it is answered. Every job has an id, so asking twice does no harm.</summary>
internal sealed class Families(SimulatedWorld world)
{
    private const int Patience = 900;
    private const int Count = 14;
    private int _made;
    private int _open;

    public bool IsDone => _open == 0;

    public void Start()
    {
        if (!world.Scenario.IsFaultless) Next();
    }

    private void Next() => world.Schedule.In(world.Chance.Gap(world.Scenario.FaultMs / Count), () =>
    {
        if (world.IsHealed) return;
        Make();
        Next();
    });

    private void Make()
    {
        var parent = One(null, hasThen: true);
        var jobs = new List<Job> { parent };
        if (world.Chance.Hits(0.7)) AddChildren(jobs, parent.Id, world.Chance.Between(1, 4));
        for (var i = jobs.Count - 1; i > 0; i--)
        {
            var other = world.Chance.Next(i + 1);
            (jobs[i], jobs[other]) = (jobs[other], jobs[i]);
        }

        if (jobs[^1].Id != parent.Id) world.Coverage.Count("parent in the middle of its request");
        Ask(jobs);
        for (var late = world.Chance.Of([0, 0, 1, 3]); late > 0; late--) AddLater(parent.Id);
    }

    private void AddChildren(List<Job> jobs, Guid parent, int children)
    {
        for (; children > 0; children--)
        {
            var child = One(parent, hasThen: world.Chance.Hits(0.3));
            jobs.Add(child);
            if (world.Chance.Hits(0.2)) AddChildren(jobs, child.Id, 1);
        }
    }

    private void AddLater(Guid parent) => world.Schedule.In(world.Chance.Between(1, 4_000), () =>
    {
        if (!world.IsHealed) Ask([One(parent, hasThen: false)]);
    });

    private Job One(Guid? parent, bool hasThen)
    {
        var id = world.GivenId();
        var job = new Job
        {
            Id = id,
            HasClientId = true,
            Shape = new LaneShape("a", $"t{world.Chance.Next(3)}", "default", [], 1, 0, world.Chance.Hits(0.1) ? "family" : null),
            Args = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"family\":{++_made}}}")),
            DueAt = 0,
            ExpiresAt = world.Chance.Hits(0.1) ? world.Now + world.Chance.Between(1, 20_000) : 0,
            Options = new JobOptions
            {
                TimeoutMs = 2_000,
                Retry = new RetryPolicy { BaseMs = 100, CapMs = 500, MaxAttempts = world.Chance.Of([1, 3, 25]) },
                Parent = parent,
                Then = hasThen ? Encoding.UTF8.GetBytes($"then:{id}") : null,
            },
        };
        world.Ledger.Add(new JobSpec { Batch = -2_000_000 - _made, Size = 1, IsPlain = false, Job = job, DueAt = 0 });
        return job;
    }

    /// <summary>Until somebody answers: a child whose parent is not there, or has ended, is refused.</summary>
    private void Ask(IReadOnlyList<Job> jobs)
    {
        _open++;
        var isOver = false;
        void Heard(object? reply)
        {
            if (isOver) return;
            isOver = true;
            _open--;
            if (reply is EnqueueReply { Refusal: { Kind: RefusalKind.NotFound or RefusalKind.IllegalTransition } }) world.Coverage.Count("child refused");
            else if (reply is not EnqueueReply { Refusal: null }) Again(jobs);
        }

        world.Cluster.CallOn(null, new EnqueueRequest(jobs), Heard);
        world.Schedule.In(Patience, () => Heard(null));
    }

    private void Again(IReadOnlyList<Job> jobs)
    {
        _open++;
        world.Schedule.In(world.Chance.Between(1, 200), () =>
        {
            _open--;
            Ask(jobs);
        });
    }
}
