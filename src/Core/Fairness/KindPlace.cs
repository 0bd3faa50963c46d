namespace Worcr.Core.Fairness;

/// <summary>A kind's place in the heap of a class that may serve it.</summary>
internal sealed class KindPlace(FairClass workers, FairKind kind)
{
    public FairClass Class { get; } = workers;

    public FairKind Kind { get; } = kind;

    /// <summary>
    /// A lower bound of where the kind's first lane stands; <see cref="FairKey.Nowhere"/>: it is not in the heap. Entries of the heap with another key
    /// are stale.
    /// </summary>
    public FairKey Key { get; set; } = FairKey.Nowhere;

    /// <summary>The kind has a lane there now.</summary>
    public void Offer(FairKey key)
    {
        if (!key.IsBefore(Key)) return;
        Key = key;
        Class.Enqueue(this);
    }
}
