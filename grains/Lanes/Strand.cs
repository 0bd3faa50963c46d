using Worcr.Grains.Jobs;

namespace Worcr.Grains.Lanes;

/// <summary>
/// The jobs of one lane with one priority, first in, first out. The store holds all of them; memory holds a window of the head:
/// <code>
///   seq:   ... leased | window ........ | cursor | only in the store ....... | not yet committed
/// </code>
/// </summary>
internal sealed class Strand(Lane lane, int priority, long afterSeq)
{
    private JobWindow? _window;

    public Lane Lane { get; } = lane;

    public int Priority { get; } = priority;

    /// <summary>Stored rows without a due time, leased ones included.</summary>
    public long Stored { get; set; }

    /// <summary>Those of them that are leased (all in memory).</summary>
    public int Leased { get; set; }

    /// <summary>Its jobs that are in memory for whatever reason.</summary>
    public int Grains { get; set; }

    /// <summary>The lane's strand of the next lower priority, or null.</summary>
    public Strand? Next { get; set; }

    /// <summary>Its ready jobs that are in memory. Most strands have none where there are very many lanes.</summary>
    public JobWindow Window => _window ?? JobWindow.Empty;

    /// <summary>Everything of the strand up to here is in memory or was given out; beyond it, only the store knows.</summary>
    public long Cursor { get; set; } = afterSeq;

    /// <summary>The read that will fill the window, or null.</summary>
    public StrandRefill? Refill { get; set; }

    /// <summary>No read before this flush is committed: rows beyond the cursor are changing in it.</summary>
    public long Barrier { get; set; }

    /// <summary>It waits for a flush before it can be read.</summary>
    public bool IsStarved { get; set; }

    /// <summary>How many jobs the next refill asks for.</summary>
    public int Chunk { get; set; } = 64;

    /// <summary>The change of <see cref="Stored"/> in the flush being built.</summary>
    public int Delta { get; set; }

    /// <summary>Whether <see cref="Stored"/> changed since the last fold of the journal.</summary>
    public bool IsDirty { get; set; }

    public long Ready => Stored - Leased;

    /// <summary>Whether ready jobs are in the store only.</summary>
    public bool HasMore => Ready > Window.Count;

    /// <summary>Whether nothing is left that has to be remembered of it.</summary>
    public bool IsEmpty => this is { Stored: 0, Grains: 0, Refill: null, IsDirty: false };

    /// <summary>Puts a job into the window.</summary>
    public void Add(JobGrain grain) => (_window ??= new JobWindow()).Add(grain);

    /// <summary>Takes the first job out of the window, which has one.</summary>
    public void Take()
    {
        Window.Take();
        if (Window.Count == 0) _window = null;
    }
}
