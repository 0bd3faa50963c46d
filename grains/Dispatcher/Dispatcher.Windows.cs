using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;

namespace Worcr.Grains;

/// <summary>Windows over the backlog: what of a strand is in memory, and how more of it comes.</summary>
public sealed partial class Dispatcher
{
    private const int MaxChunk = 2_048;

    private readonly List<Strand> _starved = [];
    private int _windowJobs;
    private int _refills;

    /// <summary>By how much the counts of strands were found wrong since the start; anything but 0 is a defect.</summary>
    public long Drift { get; private set; }

    private long _windowBytes;

    /// <summary>A ready job comes (new, or from its time) or comes back (yield, loss): into the window if it belongs there, else it waits in the store.</summary>
    private void Admit(Strand strand, Job row, JobGrain? grain)
    {
        var isTail = row.Seq > strand.Cursor;
        var isWhole = strand.Ready - 1 <= strand.Window.Count;
        if (isTail && (!isWhole || !HasRoom(strand)))
        {
            BeyondCursorChanged(strand, row.Seq);
            strand.Refill?.Came(row.Seq);
            if (grain is not null)
            {
                Leave(grain);
                LeaveAlarm(row);
            }

            RefillIfLow(strand);
            return;
        }

        if (isTail) strand.Cursor = row.Seq;
        if (grain is null) Enter(grain = new JobGrain(row, strand) { RowFlush = _work.Number });
        AddToWindow(grain);
        if (strand.Window.Count > 2 * _options.StrandJobs) Shrink(strand);
    }

    private void AddToWindow(JobGrain grain)
    {
        grain.Strand.Window.Add(grain);
        _windowJobs++;
        _windowBytes += grain.Row.Args?.Length ?? 0;
        if (grain.Row.ExpiresAt > 0) _timers.Set(grain, grain.Row.ExpiresAt);
    }

    private void TookFromWindow(JobGrain grain)
    {
        _windowJobs--;
        _windowBytes -= grain.Row.Args?.Length ?? 0;
    }

    private bool HasRoom(Strand strand) =>
        strand.Window.Count < 16
        || (strand.Window.Count < _options.StrandJobs && _windowJobs < _options.WindowJobs && _windowBytes < _options.WindowBytes);

    /// <summary>Gives the tail of a window back to the store.</summary>
    private void Shrink(Strand strand)
    {
        while (strand.Window.Count > _options.StrandJobs && strand.Window.TakeLast() is { } last)
        {
            TookFromWindow(last);
            strand.Cursor = Math.Min(strand.Cursor, last.Seq - 1);
            strand.Barrier = Barrier;
            Leave(last);
            LeaveAlarm(last.Row);
        }
    }

    /// <summary>A row beyond the cursor changes in the flush being built: no read may come before it, and one under way must not believe its answer about it.</summary>
    private void BeyondCursorChanged(Strand strand, long seq)
    {
        if (seq > strand.Cursor) strand.Barrier = _work.Number;
    }

    private void LeftStrand(Strand strand, long seq)
    {
        BeyondCursorChanged(strand, seq);
        if (strand.Refill is { } refill && seq > refill.AfterSeq) refill.Left.Add(seq);
    }

    private void RefillIfLow(Strand strand)
    {
        var limit = Math.Min(strand.Chunk, _options.StrandJobs);
        if (strand.Refill is not null || !strand.HasMore || strand.Window.Count > limit / 2) return;
        if (strand.Window.Count >= 16 && !HasRoom(strand)) return;
        if (strand.Barrier > _committed)
        {
            Starve(strand);
            return;
        }

        _refills++;
        var horizon = Horizon;
        var refill = strand.Refill = new StrandRefill(strand.Cursor, _lastSeq, strand.Barrier, horizon >= _ownership.EndId);
        var request = new ReadReady(strand.Lane.Record, strand.Priority, strand.Cursor, horizon, limit, _options.MaxInlineArgs);
        Order(new StoreReadOf<IReadOnlyList<Job>>(
            (store, cancel) => store.ReadReadyAsync(request, cancel),
            jobs => Refilled(strand, refill, jobs, limit)));
    }

    /// <summary>The answer of a refill; nothing of it counts when the window's tail was given back meanwhile.</summary>
    private void Refilled(Strand strand, StrandRefill refill, IReadOnlyList<Job> jobs, int limit)
    {
        strand.Refill = null;
        _refills--;
        if (strand.Cursor < refill.AfterSeq)
        {
            RefillIfLow(strand);
            return;
        }

        foreach (var job in jobs)
        {
            if (job.Seq > refill.Until) break;
            strand.Cursor = Math.Max(strand.Cursor, job.Seq);
            if (_jobs.ContainsKey(job.Seq) || refill.Left.Contains(job.Seq)) continue;
            var grain = new JobGrain(job, strand);
            Enter(grain);
            AddToWindow(grain);
        }

        if (jobs.Count == limit) strand.Chunk = Math.Min(MaxChunk, strand.Chunk * 2);
        else if (strand.HasMore) Missing(strand, refill);
        Refresh(strand.Lane);
    }

    /// <summary>The read ended before all that is counted was found: the rest came or was committed after it began, or the count is wrong.</summary>
    private void Missing(Strand strand, StrandRefill refill)
    {
        if (strand.Barrier > _committed || Horizon < _ownership.EndId)
        {
            Starve(strand);
            return;
        }

        if (refill.SawAll && refill.LastSeq == _lastSeq && refill.Barrier == strand.Barrier)
        {
            var missing = (int)(strand.Ready - strand.Window.Count);
            Drift += missing;
            Count(strand, -missing);
        }

        RefillIfLow(strand);
    }

    private void Starve(Strand strand)
    {
        if (strand.IsStarved) return;
        strand.IsStarved = true;
        _starved.Add(strand);
    }

    private void RetryStarvedStrands()
    {
        if (_starved.Count == 0) return;
        var starved = _starved.ToArray();
        _starved.Clear();
        foreach (var strand in starved)
        {
            strand.IsStarved = false;
            RefillIfLow(strand);
            Refresh(strand.Lane);
        }
    }
}
