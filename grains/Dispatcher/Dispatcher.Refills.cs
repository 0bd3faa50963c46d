using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;

namespace Worcr.Grains;

/// <summary>Refills: how more of a strand comes into memory. Those that are asked for in one turn are read together.</summary>
public sealed partial class Dispatcher
{
    private const int MaxChunk = 2_048;
    private const int StrandsARead = 256;

    private readonly List<Strand> _starved = [];
    private readonly List<StrandRefill> _refills = [];

    /// <summary>Jobs that refills under way may bring.</summary>
    private int _askedJobs;

    /// <summary>By how much the counts of strands were found wrong since the start; anything but 0 is a defect.</summary>
    public long Drift { get; private set; }

    private void RefillIfLow(Strand strand)
    {
        if (!strand.HasMore || (strand.Window.Count == 0 && LeastOf(strand.Lane) == 0)) return;
        var limit = LimitOf(strand);
        if (limit > 0 && strand.Window.Count <= limit / 2) Refill(strand, limit);
    }

    /// <summary>For how many jobs to ask.</summary>
    private int LimitOf(Strand strand)
    {
        var most = Math.Min(strand.Chunk, _options.StrandJobs);
        return HasRoom(strand) ? most : Math.Min(most, LeastOf(strand.Lane));
    }

    private void Refill(Strand strand, int limit)
    {
        if (strand.Refill is not null) return;
        if (strand.Barrier > _committed)
        {
            Starve(strand);
            return;
        }

        var most = (int)Math.Min(limit, strand.Ready - strand.Window.Count + strand.Leased); // rows of leased jobs come, too
        var horizon = Horizon;
        strand.Refill = new StrandRefill(strand, horizon, most) { LastSeq = _lastSeq, SawAll = horizon >= _ownership.EndId };
        _askedJobs += most;
        _refills.Add(strand.Refill);
    }

    private void OrderRefills()
    {
        for (var next = 0; next < _refills.Count;)
        {
            var (first, jobs) = (next, 0);
            while (next < _refills.Count && next - first < StrandsARead && jobs < MaxChunk) jobs += _refills[next++].Limit;
            OrderRefills(_refills[first..next]);
        }

        _refills.Clear();
    }

    private void OrderRefills(List<StrandRefill> refills)
    {
        var request = new ReadReady(refills.ConvertAll(r => r.Range), _options.MaxInlineArgs);
        Order(new StoreReadOf<IReadOnlyList<IReadOnlyList<Job>>>((store, cancel) => store.ReadReadyAsync(request, cancel), answers =>
        {
            for (var i = 0; i < refills.Count; i++) Refilled(refills[i], answers[i]);
        }));
    }

    /// <summary>The answer of a refill; nothing of it counts when the window's tail was given back meanwhile.</summary>
    private void Refilled(StrandRefill refill, IReadOnlyList<Job> jobs)
    {
        var strand = refill.Strand;
        strand.Refill = null;
        _askedJobs -= refill.Limit;
        if (strand.Cursor < refill.AfterSeq) RefillIfLow(strand);
        else Take(refill, jobs);
        Refresh(strand.Lane);
        HeadCame(refill);
    }

    private void Take(StrandRefill refill, IReadOnlyList<Job> jobs)
    {
        var strand = refill.Strand;
        foreach (var job in jobs)
        {
            if (job.Seq > refill.Until) break;
            strand.Cursor = Math.Max(strand.Cursor, job.Seq);
            if (_jobs.ContainsKey(job.Seq) || refill.Left.Contains(job.Seq)) continue;
            var grain = new JobGrain(job, strand);
            Enter(grain);
            AddToWindow(grain);
        }

        if (jobs.Count == refill.Limit) strand.Chunk = Math.Min(MaxChunk, strand.Chunk * 2);
        else if (strand.HasMore) Missing(strand, refill);
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
