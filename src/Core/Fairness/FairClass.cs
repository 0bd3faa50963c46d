namespace Worcr.Core.Fairness;

/// <summary>One worker class's view: the kinds of lanes it may serve, by the smallest virtual time in each.</summary>
public sealed class FairClass
{
    private readonly PriorityQueue<KindPlace, UInt128> _kinds = new();

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
            else if (place.Kind.Top(out var time) is not { } lane)
            {
                place.Key = KindPlace.Nowhere;
                _kinds.Dequeue();
            }
            else if (key < time)
            {
                place.Key = time;
                _kinds.DequeueEnqueue(place, time);
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
                if (ReferenceEquals(place.Class, this) && place.Key != KindPlace.Nowhere) Enqueue(place);
            }
        }
    }
}
