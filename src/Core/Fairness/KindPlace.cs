namespace Worcr.Core.Fairness;

/// <summary>A kind's place in the heap of a class that may serve it.</summary>
internal sealed class KindPlace(FairClass workers, FairKind kind)
{
    /// <summary>The key of a kind that does not stand in the heap.</summary>
    public static readonly UInt128 Nowhere = UInt128.MaxValue;

    public FairClass Class { get; } = workers;

    public FairKind Kind { get; } = kind;

    /// <summary>A lower bound of the kind's smallest virtual time; entries of the heap with another key are stale.</summary>
    public UInt128 Key { get; set; } = Nowhere;

    /// <summary>The kind has a tenant at this virtual time now.</summary>
    public void Offer(UInt128 time)
    {
        if (time >= Key) return;
        Key = time;
        Class.Enqueue(this);
    }
}
