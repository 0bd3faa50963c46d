using System.Threading.Channels;

namespace Worcr.Grains.Simulation;

/// <summary>Simulated workers: what they are given they end when its run time is over.</summary>
internal sealed class WorkerPool(SimulationPlan plan, Random chance)
{
    private readonly Dictionary<string, (ChannelReader<SessionMessage> Messages, int Kind)> _sessions = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Report, (long At, long Order)> _ends = new();
    private readonly double[] _busyMs = new double[plan.Workers.Count];
    private readonly long _slots = plan.Workers.Sum(w => (long)w.Slots * w.Count);
    private long _order;

    /// <summary>When the next job ends, or <see cref="long.MaxValue"/>.</summary>
    public long NextAt => _ends.TryPeek(out _, out var next) ? next.At : long.MaxValue;

    /// <summary>Whether a slot is free.</summary>
    public bool HasRoom => _ends.Count < _slots;

    /// <summary>Connects them.</summary>
    public void Connect(SimulatedDispatcher dispatcher)
    {
        for (var kind = 0; kind < plan.Workers.Count; kind++)
        {
            var workers = plan.Workers[kind];
            for (var i = 0; i < workers.Count; i++)
            {
                var name = $"{kind}-{i}";
                var request = new RegisterRequest { Worker = name, Types = workers.Types, Tags = workers.Tags, Queues = workers.Queues, Slots = 0, Prefetch = 0 };
                var session = dispatcher.Ask<RegisterReply>(request).Session;
                _sessions.Add(name, (dispatcher.MessagesOf(session), kind));
                dispatcher.Ask<SessionReply>(new SessionRequest(session, SessionAction.Slots, workers.Slots));
            }
        }
    }

    /// <summary>A worker was given a job; says how long it is busy with it, in milliseconds.</summary>
    public double Run(LeaseEntry lease, SimulatedJobs jobs)
    {
        var (messages, kind) = _sessions[lease.Worker];
        while (messages.TryRead(out _))
        {
        }

        var runMs = jobs.RunTime.Draw(chance);
        var fails = jobs.FailRate > 0 && chance.NextDouble() < jobs.FailRate;
        var token = new LeaseToken(lease.Seq, lease.Attempt, lease.Nonce);
        var report = fails ? new Report(token, ReportOutcome.Fail, Error: new JobError("simulated", "It was declared to fail.")) : new Report(token, ReportOutcome.Complete);
        _ends.Enqueue(report, (lease.StartedAt + runMs, _order++));
        var end = Math.Min(Math.Min(lease.StartedAt + runMs, lease.DeadlineAt), plan.StartAt + plan.HorizonMs);
        _busyMs[kind] += end - lease.StartedAt;
        return end - lease.StartedAt;
    }

    /// <summary>Takes the reports that are due.</summary>
    public List<Report> TakeEnded(long now)
    {
        var ended = new List<Report>();
        while (_ends.TryPeek(out _, out var next) && next.At <= now) ended.Add(_ends.Dequeue());
        return ended;
    }

    /// <summary>The part of its slots' time that each kind ran jobs, and all of them together.</summary>
    public (double[] Kinds, double All) Utilisation(long elapsedMs)
    {
        var slots = plan.Workers.Select(w => (double)w.Slots * w.Count * elapsedMs).ToArray();
        var total = slots.Sum();
        return ([.. _busyMs.Select((busy, i) => slots[i] > 0 ? Math.Min(1, busy / slots[i]) : 0)], total > 0 ? Math.Min(1, _busyMs.Sum() / total) : 0);
    }
}
