using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;

namespace Worcr.Grains;

/// <summary>Windows over the backlog: what of a strand is in memory, and how more of it comes.</summary>
public sealed partial class Dispatcher
{
    /// <summary>A strand may have so many jobs in memory although there is no room, where there are few enough lanes.</summary>
    private const int LeastWindow = 16;

    private int _windowJobs;
    private long _windowBytes;

    /// <summary>A ready job comes (new, or from its time) or comes back (yield, loss): into the window if it belongs there, else it waits in the store.</summary>
    private void Admit(Strand strand, Job row, JobGrain? grain)
    {
        var isTail = row.Seq > strand.Cursor;
        var isWhole = strand.Ready - 1 <= strand.Window.Count;
        if (isTail && (!isWhole || (!HasRoom(strand) && strand.Window.Count >= LeastOf(strand.Lane))))
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
        if (strand.Window.Count > 2 * _options.StrandJobs) Shrink(strand, _options.StrandJobs);
        else if (!isTail && HasUnreadLanes && _windowJobs > _options.WindowJobs) Shrink(strand, LeastOf(strand.Lane));
    }

    private void AddToWindow(JobGrain grain)
    {
        grain.Strand.Add(grain);
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
        strand.Window.Count < _options.StrandJobs && _windowJobs + _askedJobs < _options.WindowJobs && _windowBytes < _options.WindowBytes;

    /// <summary>How many jobs a strand may have in memory without room for them; 0: there are too many lanes for that, and its head is read when its turn has come.</summary>
    private int LeastOf(Lane lane)
    {
        var share = Math.Min(LeastWindow, _options.WindowJobs / _lanes.Count);
        return share == 0 && LooksAtHead(lane) ? 1 : share;
    }

    /// <summary>Gives the tail of a window back to the store.</summary>
    private void Shrink(Strand strand, int most)
    {
        while (strand.Window.Count > most && strand.Window.TakeLast() is { } last)
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
}
