using Worcr.Core.Rules;

namespace Worcr.Grains.Simulation;

/// <summary>
/// Predicts: the dispatcher itself, over a store in memory, with workers that end each job after its run time, at a time that jumps from event to event. Nothing of it knows
/// the real time or any other chance than the seed's, so equal plans end equally.
/// </summary>
public sealed class Simulator
{
    private const int Batch = 1_000;
    private const int WaitingLanes = 100;

    private readonly SimulationPlan _plan;
    private readonly SimulatedDispatcher _dispatcher;
    private readonly ArrivalQueue _arrivals;
    private readonly WorkerPool _workers;
    private readonly SimulationBook _book;
    private readonly int _jobs;
    private int _coming;
    private bool _isTruncated;

    /// <summary>Prepares a simulation.</summary>
    public Simulator(SimulationPlan plan)
    {
        _plan = plan;
        _jobs = plan.Jobs.Sum(j => j.Count);
        _dispatcher = new SimulatedDispatcher(plan.Seed, plan.StartAt, Note);
        _arrivals = new ArrivalQueue(plan);
        _workers = new WorkerPool(plan, new Random(plan.Seed ^ 0x5EED));
        _book = new SimulationBook(plan);
    }

    /// <summary>How many jobs have ended; safe from any thread.</summary>
    public int Done => _book.Over;

    /// <summary>Runs it: until all jobs have ended, to the horizon, or until <paramref name="isEnough"/> says that it has taken long enough.</summary>
    public SimulationResult Run(Func<bool> isEnough)
    {
        Put(_plan.Rules.Where(r => r.Value is not ShedRule));
        EnqueueBacklog();
        Put(_plan.Rules.Where(r => r.Value is ShedRule));
        Arrive(isEnough);
        _workers.Connect(_dispatcher);
        while (!_isTruncated && _book.Over < _jobs && NextAt() is var next && next <= _plan.StartAt + _plan.HorizonMs)
        {
            _dispatcher.Now = Math.Max(_dispatcher.Now, next);
            Step(isEnough);
            _isTruncated |= isEnough();
        }

        if (!_isTruncated && _book.Over < _jobs) _dispatcher.Now = _plan.StartAt + _plan.HorizonMs;
        return Close();
    }

    private long NextAt() => Math.Min(Math.Min(_arrivals.NextAt, _workers.NextAt), _dispatcher.NextWakeAt);

    private void Put(IEnumerable<KeyValuePair<string, Resource>> rules)
    {
        foreach (var (name, rule) in rules) _dispatcher.Ask<ResourceReply>(new ResourceRequest.Put(name, rule));
    }

    private void EnqueueBacklog()
    {
        for (var kind = 0; kind < _plan.Jobs.Count; kind++)
        {
            if (!_plan.Jobs[kind].IsBacklog) continue;
            for (var left = _plan.Jobs[kind].Count; left > 0; left -= Batch) Enqueue(kind, Math.Min(left, Batch));
        }
    }

    private void Step(Func<bool> isEnough)
    {
        if (_workers.TakeEnded(_dispatcher.Now) is { Count: > 0 } ended) _dispatcher.Ask<ReportReply>(new ReportRequest(ended));
        Arrive(isEnough);
        _dispatcher.Settle();
    }

    private void Arrive(Func<bool> isEnough)
    {
        while (!_isTruncated && _arrivals.Take(_dispatcher.Now, Batch) is var (kind, count))
        {
            Enqueue(kind, count);
            _isTruncated = isEnough();
        }
    }

    /// <summary>Jobs are entered into the book before the dispatcher can start them: their numbers grow one by one.</summary>
    private void Enqueue(int kind, int count)
    {
        var jobs = new Job[count];
        for (var i = 0; i < count; i++) jobs[i] = _plan.Jobs[kind].Make();
        _coming = kind;
        var reply = _dispatcher.Ask<EnqueueReply>(new EnqueueRequest(jobs));
        if (reply.Refusal is not null) _book.Refused(kind, count);
    }

    private void Note(Flush flush)
    {
        foreach (var job in flush.Inserts) _book.Came(_coming, job, job.DueAt == 0, _dispatcher.Now);
        foreach (var lease in flush.Leases)
        {
            var index = lease.Seq - _dispatcher.FirstSeq;
            _book.Started(index, lease, _workers.Run(lease, _plan.Jobs[_book.KindOf(index)]), _workers.HasRoom);
        }

        foreach (var outcome in flush.Outcomes) _book.Ended(outcome.Seq - _dispatcher.FirstSeq, outcome.State);
    }

    private SimulationResult Close()
    {
        var lanes = _book.Over < _jobs ? _dispatcher.Ask<ExplainReply>(new ExplainRequest.OfLanes(null, null, null, null, WaitingLanes)).Lanes : [];
        var elapsed = _dispatcher.Now - _plan.StartAt;
        return _book.Close(_dispatcher.Now, _isTruncated, _workers.Utilisation(elapsed), [.. lanes.Where(l => l.Ready > 0)]);
    }
}
