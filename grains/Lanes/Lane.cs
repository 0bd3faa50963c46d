using Worcr.Core.Fairness;
using Worcr.Core.Rules;
using Worcr.Grains.Limits;
using Worcr.Grains.Rules;
using Worcr.Grains.Tenants;

namespace Worcr.Grains.Lanes;

/// <summary>A lane with its strands, highest priority first.</summary>
internal sealed class Lane(long id, LaneShape shape, TenantGrain tenant, TypeFigures type, QueueFigures queue) : FairLane(tenant)
{
    private Strand? _first;

    public static Bucket[] NoBuckets { get; } = [];

    /// <summary>What the rules say of it.</summary>
    public LaneRules Rules { get; set; } = LaneRules.None;

    /// <summary>The keys of limits that its jobs count against.</summary>
    public Bucket[] Buckets { get; set; } = NoBuckets;

    /// <summary>The shed rules that meet it.</summary>
    public ShedGrain[] Sheds { get; set; } = [];

    /// <summary>Shed rules whose backlog its jobs are part of.</summary>
    public ShedGrain[] CountedBy { get; set; } = [];

    /// <summary>Rules look at arguments that nobody looked at when its jobs came: they belong into other lanes.</summary>
    public bool IsUnsorted { get; set; }

    /// <summary>Arguments of its head are being read, so that it can go to its lane.</summary>
    public bool IsSorting { get; set; }

    /// <summary>It stands in the line of lanes that are worked off.</summary>
    public bool IsInSinks { get; set; }

    /// <summary>Its order key, shared with other lanes, or null.</summary>
    public OrderKey? Order { get; set; }

    /// <summary>Its number in the store.</summary>
    public long Id { get; } = id;

    public LaneShape Shape { get; } = shape;

    public TenantGrain TenantGrain => (TenantGrain)Tenant;

    public TypeFigures Type { get; } = type;

    public QueueFigures Queue { get; } = queue;

    public IEnumerable<Strand> Strands
    {
        get
        {
            for (var strand = _first; strand is not null; strand = strand.Next) yield return strand;
        }
    }

    /// <summary>Its ready jobs.</summary>
    public long Ready
    {
        get
        {
            var ready = 0L;
            for (var strand = _first; strand is not null; strand = strand.Next) ready += strand.Ready;
            return ready;
        }
    }

    /// <summary>Leases of the lane.</summary>
    public int Leased { get; set; }

    /// <summary>Jobs of the lane that are in memory for whatever reason.</summary>
    public int InMemory { get; set; }

    /// <summary>The day on which its record was last sent to the store.</summary>
    public int SentDay { get; set; }

    /// <summary>The flush that writes its record; 0: it was stored before.</summary>
    public long RecordFlush { get; set; }

    /// <summary>It stands in the line of idle lanes.</summary>
    public bool IsNotedIdle { get; set; }

    /// <summary>One job at a time, in order.</summary>
    public bool IsOrdered => Shape.OrderKey is not null;

    /// <summary>The strand to serve: the highest priority with a ready job.</summary>
    public Strand? Top
    {
        get
        {
            var strand = _first;
            while (strand is { Ready: <= 0 }) strand = strand.Next;
            return strand;
        }
    }

    /// <summary>Whether nothing of it is left but its record.</summary>
    public bool IsIdle
    {
        get
        {
            if (InMemory > 0) return false;
            var strand = _first;
            while (strand is { Stored: <= 0, Refill: null, IsDirty: false }) strand = strand.Next;
            return strand is null;
        }
    }

    public Strand StrandOf(int priority, long afterSeq)
    {
        Strand? before = null;
        for (var strand = _first; strand is not null && strand.Priority >= priority; strand = strand.Next)
        {
            if (strand.Priority == priority) return strand;
            before = strand;
        }

        var added = new Strand(this, priority, afterSeq) { Next = before is null ? _first : before.Next };
        if (before is null) _first = added;
        else before.Next = added;
        return added;
    }

    /// <summary>Forgets strands that are empty, so that a lane does not remember every priority it ever saw.</summary>
    public void Trim()
    {
        if (_first?.Next is null) return;
        while (_first is { IsEmpty: true }) _first = _first.Next;
        for (var strand = _first; strand is not null; strand = strand.Next)
        {
            while (strand.Next is { IsEmpty: true } empty) strand.Next = empty.Next;
        }
    }
}
