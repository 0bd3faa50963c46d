namespace Worcr.Core.Fairness;

/// <summary>One worker class's view: the kinds of lanes it may serve, by where the first lane of each stands.</summary>
public sealed class FairClass
{
    private readonly PriorityQueue<KindPlace, FairKey> _kinds = new();

    internal FairClass(Func<FairLane, bool> eligible) => IsEligible = eligible;

    internal Func<FairLane, bool> IsEligible { get; }

    /// <summary>
    /// The lane that a free slot of this class serves next, or null; <see cref="FairScheduler.Charge"/> it when a job was taken.
    /// </summary>
    public FairLane? Choose()
    {
        while (_kinds.TryPeek(out var place, out var key))
        {
            if (key != place.Key)
            {
                _kinds.Dequeue();
            }
            else if (place.Kind.Top(out var first) is not { } lane)
            {
                place.Key = FairKey.Nowhere;
                _kinds.Dequeue();
            }
            else if (key.IsBefore(first))
            {
                place.Key = first;
                _kinds.DequeueEnqueue(place, first);
            }
            else
            {
                return lane;
            }
        }

        return null;
    }

    internal void Enqueue(KindPlace place) => _kinds.Enqueue(place, place.Key);

    /// <summary>Drops what is stale.</summary>
    internal void Rebuild(IEnumerable<FairKind> kinds)
    {
        _kinds.Clear();
        foreach (var kind in kinds)
        {
            foreach (var place in kind.Places)
            {
                if (ReferenceEquals(place.Class, this) && place.Key != FairKey.Nowhere) Enqueue(place);
            }
        }
    }
}
