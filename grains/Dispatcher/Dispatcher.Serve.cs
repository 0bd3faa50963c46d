using Worcr.Core.Fairness;
using Worcr.Core.Slo;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>The choice: which job a free slot gets.</summary>
public sealed partial class Dispatcher
{
    private const int MaxLeasesPerFlush = 8_192;

    private readonly HashSet<JobGrain> _running = [];

    /// <summary>Fills free slots, class by class, as long as there are jobs for them.</summary>
    public void Serve()
    {
        DrainSinks();
        _discardsLeft = SunkPerTurn;
        if (_draining) return;
        foreach (var workerClass in _classes.Values)
        {
            while (_work.Flush.Leases.Count < MaxLeasesPerFlush && _discardsLeft > 0 && _awaitedHeads < MaxHeads && ServeOne(workerClass))
            {
            }
        }

        AnswerPolls();
    }

    /// <summary>Gives one job to the next session of the class that has room; false when there is no job or no room.</summary>
    private bool ServeOne(WorkerClass workerClass)
    {
        if (workerClass.Line.Count == 0 || workerClass.Lanes.Choose() is not Lane lane) return false;
        while (workerClass.Line.TryDequeue(out var session))
        {
            session.IsInLine = false;
            if (!session.CanTake(lane.Type)) continue;
            ServeLane(lane, workerClass, session);
            session.StandInLine();
            return true;
        }

        return false;
    }

    private void ServeLane(Lane lane, WorkerClass workerClass, Session session)
    {
        if (lane.Top?.Window.Peek() is not { } grain)
        {
            AwaitHead(lane);
        }
        else if (grain.Row.ExpiresAt > 0 && grain.Row.ExpiresAt <= _now)
        {
            Finish(grain, JobState.Expired, null, null);
        }
        else if (!IsShedInstead(grain))
        {
            Charge(grain, workerClass);
            Give(grain, session);
            Refresh(lane);
            ReadAhead(lane);
        }
    }

    private void Charge(JobGrain grain, WorkerClass workerClass)
    {
        var lane = grain.Lane;
        grain.Weight = WeightOf(lane, workerClass, Urgency.Factor(_now - grain.Row.ReadyAt, lane.Shape.SloMs));
        grain.Cost = _settings.Charge == FairCharge.Runtime ? CostOf(lane.Type.RunMs) : 1;
        _scheduler.Charge(lane, grain.Cost, grain.Weight);
    }

    /// <summary>What a run time costs, in seconds; a job that took no time at all costs a little.</summary>
    private static double CostOf(double runMs) => runMs < 0 ? 1 : Math.Max(runMs, 1) / 1_000;

    /// <summary>The job has run: what it really cost is known now.</summary>
    private void CorrectCharge(JobGrain grain)
    {
        _scheduler.Ended(grain.Lane.TenantGrain);
        if (_settings.Charge == FairCharge.Runtime && grain.Cost > 0) _scheduler.Correct(grain.Lane, CostOf(_now - grain.StartedAt) - grain.Cost, grain.Weight);
    }

    private void Give(JobGrain grain, Session session)
    {
        var strand = grain.Strand;
        strand.Take();
        TookFromWindow(grain);
        grain.Move(JobState.Running);
        StartAttempt(grain, session);
        EnterLease(grain);
        TakePermits(grain);
        grain.Lane.TenantGrain.Served.Note(_now);
        _started.Note(_now);
        NoteSlo(grain);
        NoteStartLatency(_now - grain.Row.ReadyAt);
        EmitStarted(grain);
        if (grain.Row.Options.Unique is { Until: UniqueUntil.Started } unique && grain.Attempt == 1)
        {
            Operate(grain);
            ReleaseLock(unique.Key, grain.Seq);
        }

        RefillIfLow(strand);
    }

    private void EnterLease(JobGrain grain)
    {
        grain.Strand.Leased++;
        grain.Lane.Leased++;
        if (grain.Lane.Order is { } order) order.Leased++;
        _running.Add(grain);
        CountRunning(grain.Lane, +1);
    }

    private void StartAttempt(JobGrain grain, Session session)
    {
        if (grain.Attempt++ > 0) Need(grain.RowFlush); // how the attempt before ended counts, and must not be lost behind this one
        grain.Nonce = (uint)_chance.NextInt64(1L << 32);
        grain.StartedAt = _now;
        grain.Worker = session.Worker;
        grain.Session = session;
        grain.LeaseFlush = _work.Number;
        grain.IsPolled = session.Poll is { IsAhead: false };
        grain.DeadlineAt = _now + grain.Row.Options.TimeoutMs;
        SetLeaseTimer(grain);
        _leasesSinceFold++;
        session.Held.Add(grain);
        if (session.ToRun.Count == 0) _toldSessions.Add(session);
        session.ToRun.Add((grain, grain.Attempt));
        _work.Flush.Leases.Add(grain.Entry);
    }
}
