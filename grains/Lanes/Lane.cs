using Worcr.Core.Fairness;
using Worcr.Core.Rules;
using Worcr.Grains.Limits;
using Worcr.Grains.Rules;
using Worcr.Grains.Tenants;

namespace Worcr.Grains.Lanes;

/// <summary>A lane with its strands, highest priority first.</summary>
internal sealed class Lane(LaneRecord record, TenantGrain tenant, TypeFigures type, QueueFigures queue) : FairLane(tenant.Fair)
{
    private Strand[] _strands = [];

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

    public LaneRecord Record { get; } = record;

    public LaneShape Shape => Record.Shape;

    public TenantGrain TenantGrain { get; } = tenant;

    public TypeFigures Type { get; } = type;

    public QueueFigures Queue { get; } = queue;

    public IReadOnlyList<Strand> Strands => _strands;

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
            foreach (var strand in _strands)
            {
                if (strand.Ready > 0) return strand;
            }

            return null;
        }
    }

    /// <summary>Whether nothing of it is left but its record.</summary>
    public bool IsIdle
    {
        get
        {
            if (InMemory > 0) return false;
            foreach (var strand in _strands)
            {
                if (strand.Stored > 0 || strand.Refill is not null || strand.IsDirty) return false;
            }

            return true;
        }
    }

    public Strand StrandOf(int priority, long afterSeq)
    {
        var index = 0;
        for (; index < _strands.Length && _strands[index].Priority >= priority; index++)
        {
            if (_strands[index].Priority == priority) return _strands[index];
        }

        var strand = new Strand(this, priority, afterSeq);
        _strands = [.. _strands[..index], strand, .. _strands[index..]];
        return strand;
    }

    /// <summary>Forgets strands that are empty, so that a lane does not remember every priority it ever saw.</summary>
    public void Trim()
    {
        if (_strands.Length > 1) _strands = Array.FindAll(_strands, s => s is not { Stored: 0, Grains: 0, Refill: null, IsDirty: false });
    }
}
