using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>Group commit: what the turns changed gathers in one flush until the store can take it.</summary>
public sealed partial class Dispatcher
{
    private readonly Queue<Work> _underWay = new();
    private readonly Dictionary<long, int> _updated = [];
    private readonly Dictionary<long, int> _noted = [];
    private readonly List<Strand> _changedStrands = [];
    private readonly List<Strand> _dirtyStrands = [];
    private readonly HashSet<(long LaneId, int Priority)> _emptied = [];
    private readonly List<Session> _toldSessions = [];
    private Work _work;
    private long _lastTaken;
    private long _committed;
    private long _lastFold;
    private int _leasesSinceFold;
    private int _usesSinceFold;

    /// <summary>Hands out the gathered flush when there is one and the store may have it now.</summary>
    public bool TryTakeWork(out Work work)
    {
        SettleBatches();
        work = _work;
        if (_work.IsEmpty && _toldSessions.Count == 0) return false;
        if (_underWay.Count >= _options.FlushesUnderWay || _work.Needs > _committed) return false;
        if (_underWay.TryPeek(out var small) && Math.Max(small.Operations, _work.Operations) < _options.SmallFlush) return false;
        if (IsFoldDue && _underWay.Count > 0) return false;
        if (IsFoldDue) Fold();
        CloseStrands();
        CloseHits();
        TellSessions();
        _work.TakenAt = _now;
        _underWay.Enqueue(_work);
        _lastTaken = _work.Number;
        _work = NewWork();
        if (work.ChangesRules || work.Flush.Fold is not null) Need(work.Number); // nothing overtakes these
        _updated.Clear();
        _noted.Clear();
        _locked.Clear();
        return true;
    }

    /// <summary>The flush is durable; flushes are committed in the order in which they were taken.</summary>
    public void Committed(Work work)
    {
        if (!ReferenceEquals(_underWay.Dequeue(), work)) throw new InvalidOperationException("Flushes have to be committed in their order.");
        _committed = work.Number;
        DropSeenClaims();
        foreach (var effect in work.Effects) effect();
        Tell(work.Events);
        RetryStarvedStrands();
    }

    /// <summary>The last flush that has operations: what is read after it sees everything that was done so far.</summary>
    private long Barrier => _work.IsEmpty && _toldSessions.Count == 0 ? _lastTaken : _work.Number;

    private bool IsFoldDue =>
        _work.Number - _lastFold >= _options.FoldFlushes || _leasesSinceFold > 16_384 + (4 * _running.Count) || _usesSinceFold > 65_536 + (4 * _usedRates.Count);

    private Work NewWork() => new(new Flush { Ownership = _ownership, Number = _lastTaken + 1, Now = _now });

    private void Fold()
    {
        var open = new List<LeaseEntry>(_running.Count);
        foreach (var grain in _running)
        {
            if (grain.LeaseFlush != _work.Number) open.Add(grain.Entry);
        }

        _work.Flush.Permits.Clear(); // the fold has them
        _work.Flush.Fold = new JournalFold(_work.Number, open, FoldCounts()) { Limits = SaveRates(), Held = HeldPermits() };
        _lastFold = _work.Number;
        _leasesSinceFold = 0;
        _usesSinceFold = 0;
    }

    /// <summary>The counts that changed since the last fold.</summary>
    private List<StrandCount> FoldCounts()
    {
        var counts = new List<StrandCount>(_dirtyStrands.Count);
        foreach (var strand in _dirtyStrands)
        {
            counts.Add(new StrandCount(strand.Lane.Id, strand.Priority, strand.Stored - strand.Delta));
            _emptied.Remove((strand.Lane.Id, strand.Priority));
            strand.IsDirty = strand.Delta != 0;
        }

        FoldWaiting(counts);
        foreach (var (laneId, priority) in _emptied) counts.Add(new StrandCount(laneId, priority, 0));
        _emptied.Clear();
        foreach (var strand in _dirtyStrands)
        {
            if (strand.IsDirty) continue;
            strand.Lane.Trim();
            NoteIdle(strand.Lane);
        }

        _dirtyStrands.RemoveAll(s => !s.IsDirty);
        return counts;
    }

    private void CloseStrands()
    {
        foreach (var strand in _changedStrands)
        {
            if (strand.Delta != 0) _work.Flush.Strands.Add(new StrandDelta(strand.Lane.Id, strand.Priority, strand.Delta));
            strand.Delta = 0;
        }

        _changedStrands.Clear();
        CloseWaiting();
    }

    private void Count(Strand strand, int delta)
    {
        strand.Stored += delta;
        if (strand.Delta == 0) _changedStrands.Add(strand);
        strand.Delta += delta;
        MarkDirty(strand);
        Use(strand.Lane);
        CountReady(strand.Lane, delta);
    }

    private void MarkDirty(Strand strand)
    {
        if (!strand.IsDirty) _dirtyStrands.Add(strand);
        strand.IsDirty = true;
    }

    /// <summary>Writes a new image of a live job's row.</summary>
    private void Store(JobGrain grain, Job row)
    {
        _alarmed += (row.AlarmAt > 0 ? 1 : 0) - (grain.Row.AlarmAt > 0 ? 1 : 0);
        grain.Row = row;
        Operate(grain);
        StoreRow(row);
    }

    private void StoreRow(Job row)
    {
        Touch(row.Seq);
        var updates = _work.Flush.Updates;
        if (_updated.TryGetValue(row.Seq, out var index))
        {
            updates[index] = row;
            return;
        }

        _updated.Add(row.Seq, updates.Count);
        updates.Add(row);
    }

    private void StoreNotes(JobGrain grain)
    {
        Operate(grain);
        var notes = new JobNotes(grain.Seq, grain.Checkpoints, grain.Progress);
        if (_noted.TryGetValue(grain.Seq, out var index))
        {
            _work.Flush.Notes[index] = notes;
            return;
        }

        _noted.Add(grain.Seq, _work.Flush.Notes.Count);
        _work.Flush.Notes.Add(notes);
    }

    /// <summary>The flush being built changes this job: it must not overtake an earlier flush that does.</summary>
    private void Operate(JobGrain grain)
    {
        Need(grain.RowFlush);
        grain.RowFlush = _work.Number;
    }

    /// <summary>The flush being built must not overtake this one.</summary>
    private void Need(long flush)
    {
        if (flush != _work.Number) _work.Needs = Math.Max(_work.Needs, flush);
    }

    /// <summary>Sequence numbers from here on are not all committed.</summary>
    private long Horizon
    {
        get
        {
            foreach (var work in _underWay)
            {
                if (work.FirstInsert > 0) return work.FirstInsert;
            }

            return _work.FirstInsert > 0 ? _work.FirstInsert : _ownership.EndId;
        }
    }
}
