using Worcr.Core.Slo;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>The choice: which job a free slot gets.</summary>
public sealed partial class Dispatcher
{
    private const int MaxLeasesPerFlush = 8_192;

    private int _running;

    /// <summary>Fills free slots, class by class, as long as there are jobs for them.</summary>
    public void Serve()
    {
        if (_draining) return;
        foreach (var workerClass in _classes.Values)
        {
            while (_work.Flush.Leases.Count < MaxLeasesPerFlush && ServeOne(workerClass))
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
            ServeLane(lane, session);
            session.StandInLine();
            return true;
        }

        return false;
    }

    private void ServeLane(Lane lane, Session session)
    {
        if (lane.Top?.Window.Peek() is not { } grain)
        {
            Refresh(lane);
        }
        else if (grain.Row.ExpiresAt > 0 && grain.Row.ExpiresAt <= _now)
        {
            Finish(grain, JobState.Expired, null, null);
        }
        else
        {
            var urgency = Urgency.Factor(_now - grain.Row.ReadyAt, lane.Shape.SloMs);
            _scheduler.Charge(lane, 1, lane.Shape.Weight * urgency);
            Give(grain, session);
            Refresh(lane);
        }
    }

    private void Give(JobGrain grain, Session session)
    {
        var strand = grain.Strand;
        strand.Window.Take();
        TookFromWindow(grain);
        grain.Move(JobState.Running);
        StartAttempt(grain, session);
        strand.Leased++;
        grain.Lane.Leased++;
        _running++;
        CountRunning(grain.Lane, +1);
        NoteStartLatency(_now - grain.Row.ReadyAt);
        if (grain.Row.Options.Unique is { Until: UniqueUntil.Started } unique && grain.Attempt == 1)
        {
            Operate(grain);
            _work.Flush.LocksReleased.Add(new UniqueRelease(unique.Key, grain.Seq));
        }

        RefillIfLow(strand);
    }

    private void StartAttempt(JobGrain grain, Session session)
    {
        grain.Attempt++;
        grain.Nonce = (uint)_chance.NextInt64(1L << 32);
        grain.StartedAt = _now;
        grain.Worker = session.Worker;
        grain.Session = session;
        grain.LeaseFlush = _work.Number;
        grain.IsPolled = session.Poll is not null;
        grain.DeadlineAt = _now + grain.Row.Options.TimeoutMs;
        _timers.Set(grain, grain.DeadlineAt);
        _leasesSinceFold++;
        session.Held.Add(grain);
        if (session.ToRun.Count == 0) _toldSessions.Add(session);
        session.ToRun.Add((grain, grain.Attempt));
        _work.Flush.Leases.Add(grain.Entry);
    }
}
