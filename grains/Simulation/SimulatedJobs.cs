namespace Worcr.Grains.Simulation;

/// <summary>Jobs of one kind that come to the simulated dispatcher.</summary>
public sealed record SimulatedJobs
{
    /// <summary>Their shape, as a producer says it.</summary>
    public required LaneShape Shape { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>How long they run.</summary>
    public required RunTime RunTime { get; init; }

    /// <summary>How many a second come, evenly spaced; 0: all at once.</summary>
    public double Rate { get; init; }

    /// <summary>When the first one comes, in milliseconds from the start.</summary>
    public long StartMs { get; init; }

    /// <summary>Whether they wait already when it starts: then no shed rule judges them.</summary>
    public bool IsBacklog { get; init; }

    /// <summary>Priority inside the lane.</summary>
    public int Priority { get; init; }

    /// <summary>UTF-8 JSON of the arguments, for rules that look at them.</summary>
    public byte[] Args { get; init; } = "{}"u8.ToArray();

    /// <summary>Options.</summary>
    public JobOptions Options { get; init; } = JobOptions.Default;

    /// <summary>What of it the producer has said; the rest is up to the type's rule.</summary>
    public JobGiven Given { get; init; }

    /// <summary>The share of attempts that fail, from 0 to 1.</summary>
    public double FailRate { get; init; }

    /// <summary>When a job comes, in milliseconds from the start.</summary>
    internal long ArrivalOf(int index) => Rate > 0 ? StartMs + (long)(index * 1_000.0 / Rate) : StartMs;

    internal Job Make() => new() { Shape = Shape, Priority = Priority, Args = Args, Options = Options, Given = Given };
}
