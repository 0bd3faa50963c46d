using System.Globalization;
using System.Text;
using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>Runs attempts in a worker's slots: well, badly, too long, or never to an end; and reports until it is answered.</summary>
internal sealed class AttemptRunner(SimulatedWorld world, Func<Silo?> silo)
{
    private const int Patience = 700;
    private readonly List<Attempt> _attempts = [];

    public int Slots { get; set; } = 1;

    public IReadOnlyList<LeaseToken> Held => [.. _attempts.Select(a => a.Lease)];

    public void Take(IReadOnlyList<LeasedJob> jobs)
    {
        foreach (var job in jobs)
        {
            if (_attempts.All(a => a.Lease != job.Lease)) _attempts.Add(new Attempt(job));
        }

        StartSome();
    }

    /// <summary>Of the leases that the worker said it holds, only these are good.</summary>
    public void Keep(IReadOnlyList<LeaseToken> held, IReadOnlyList<LeaseToken> accepted)
    {
        foreach (var attempt in _attempts.Where(a => held.Contains(a.Lease) && !accepted.Contains(a.Lease)).ToArray()) Drop(attempt);
        StartSome();
    }

    public void Cancel(LeaseToken lease)
    {
        if (_attempts.Find(a => a.Lease == lease) is not { } attempt) return;
        Drop(attempt);
        StartSome();
    }

    public void Interrupt(LeaseToken lease)
    {
        if (_attempts.Find(a => a.Lease == lease && a.Report is null) is { } attempt && world.Chance.Hits(0.7)) End(attempt, ReportOutcome.Yield);
    }

    public void YieldAll()
    {
        foreach (var attempt in _attempts.Where(a => a.Report is null).ToArray()) End(attempt, ReportOutcome.Yield);
    }

    /// <summary>The worker dies, or what hangs is killed.</summary>
    public void Clear()
    {
        foreach (var attempt in _attempts.ToArray()) Drop(attempt);
    }

    private void Drop(Attempt attempt)
    {
        attempt.IsGone = true;
        _attempts.Remove(attempt);
    }

    private void StartSome()
    {
        while (_attempts.Count(a => a.IsStarted && a.Report is null) < Slots && _attempts.Find(a => !a.IsStarted) is { } next) Start(next);
    }

    private void Start(Attempt attempt)
    {
        attempt.IsStarted = true;
        if (world.IsHealed || world.Scenario.IsFaultless)
        {
            After(attempt, world.Chance.Between(1, 25), ReportOutcome.Complete);
            return;
        }

        var runs = world.Chance.Hits(0.5) ? world.Chance.Between(1, 20) : world.Chance.Between(1, 1_500);
        if (world.Chance.Hits(0.3)) Annotate(attempt, runs);
        if (world.Scenario.RuleEvery > 0 && world.Chance.Hits(0.4)) Acquire(attempt, runs);
        if (attempt.Job.Children is { Pending: > 0 } && world.Chance.Hits(0.6))
        {
            After(attempt, runs, ReportOutcome.Yield);
            return;
        }

        switch (world.Chance.Next(20))
        {
            case < 13: After(attempt, runs, ReportOutcome.Complete); break;
            case < 16: After(attempt, runs, ReportOutcome.Fail); break;
            case < 18: After(attempt, runs, ReportOutcome.Yield); break;
            case 18: After(attempt, (int)attempt.Job.TimeoutMs + runs, ReportOutcome.Complete); break;
            default: world.Coverage.Count("attempt hangs"); break;
        }
    }

    private void After(Attempt attempt, int ms, ReportOutcome outcome) => world.Schedule.In(ms, () =>
    {
        if (!attempt.IsGone && attempt.Report is null) End(attempt, outcome);
    });

    private void End(Attempt attempt, ReportOutcome outcome)
    {
        var result = outcome == ReportOutcome.Complete ? Encoding.UTF8.GetBytes($"\"{attempt.Lease}\"") : null;
        var error = outcome == ReportOutcome.Fail ? new JobError("boom", "as planned", world.Chance.Hits(0.1) ? 700 : 0, world.Chance.Hits(0.05)) : null;
        attempt.Report = new Report(attempt.Lease, outcome, result, error, world.Chance.Hits(0.5) ? world.Chance.Between(1, 600) : -1)
        {
            UntilChildren = outcome == ReportOutcome.Yield && world.Chance.Hits(0.6),
        };
        if (outcome == ReportOutcome.Complete) world.Ledger.Completes.Add(attempt.Lease);
        Send(attempt, 0);
        StartSome();
    }

    /// <summary>Sometimes several at once; each is answered for itself.</summary>
    private void Send(Attempt attempt, int tries)
    {
        if (attempt.IsGone) return;
        var others = world.Chance.Hits(0.2) ? _attempts.Where(a => a != attempt && a.Report is not null).Select(a => a.Report!.Value) : [];
        var isOver = false;
        void Heard(object? reply)
        {
            if (isOver) return;
            isOver = true;
            if (reply is ReportReply || tries >= 5) Drop(attempt);
            else world.Schedule.In(world.Chance.Between(1, 200), () => Send(attempt, tries + 1));
        }

        world.Cluster.CallOn(silo(), new ReportRequest([attempt.Report!.Value, .. others]), Heard);
        world.Schedule.In(Patience, () => Heard(null));
    }

    private void Annotate(Attempt attempt, int runs)
    {
        for (var i = world.Chance.Between(1, 3); i > 0; i--)
        {
            world.Schedule.In(world.Chance.Next(runs), () =>
            {
                if (!attempt.IsGone && attempt.Report is null) world.Cluster.CallOn(silo(), Note(attempt.Lease), _ => { });
            });
        }
    }

    /// <summary>Asks for permits, sometimes for several at once; now and then it does not wait for the answer.</summary>
    private void Acquire(Attempt attempt, int runs)
    {
        for (var i = world.Chance.Between(1, 3); i > 0; i--)
        {
            world.Schedule.In(world.Chance.Next(runs), () =>
            {
                if (!attempt.IsGone && attempt.Report is null) AcquireOnce(attempt.Lease);
            });
        }
    }

    private void AcquireOnce(LeaseToken lease)
    {
        var gone = new CancellationTokenSource();
        var request = new AcquireRequest(lease, $"l{world.Chance.Between(3, 6)}", "", world.Chance.Between(1, 2), world.Chance.Of([0, 100, 3_000]));
        var at = silo();
        world.Cluster.CallOn(at, request, _ => { }, cancel: gone.Token);
        if (!world.Chance.Hits(0.2)) return;
        world.Schedule.In(world.Chance.Next(400), () =>
        {
            world.Coverage.Count("acquire given up");
            gone.Cancel();
            at?.Forsake(lease);
        });
    }

    private NoteRequest Note(LeaseToken lease) => world.Chance.Next(7) switch
    {
        < 3 => new NoteRequest.Checkpoint(lease, string.Create(CultureInfo.InvariantCulture, $"c{world.Chance.Next(40)}"), "1"u8.ToArray()),
        3 => new NoteRequest.Progress(lease, "p", world.Chance.Next(100), 100),
        4 => new NoteRequest.Log(lease, "info", "line"),
        5 => new NoteRequest.GoOn(lease),
        _ => new NoteRequest.Extend(lease),
    };
}
