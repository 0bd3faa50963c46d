namespace Worcr.Core.Time;

/// <summary>Something that is due at a time; knows its place in the one <see cref="TimerHeap"/> that holds it, so that it can leave early.</summary>
public abstract class Timed
{
    internal int HeapIndex { get; set; } = -1;

    /// <summary>When it is due, Unix milliseconds. Meaningful while in a heap.</summary>
    public long At { get; internal set; }

    /// <summary>Whether a heap holds it.</summary>
    public bool IsSet => HeapIndex >= 0;
}
