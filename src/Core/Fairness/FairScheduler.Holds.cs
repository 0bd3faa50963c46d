namespace Worcr.Core.Fairness;

/// <summary>Lanes that are chosen before it is known what they would run.</summary>
public sealed partial class FairScheduler
{
    /// <summary>Whether it is not known what the lane would run: among equals such lanes go last, so that those that were found out are not forgotten over others.</summary>
    public static void IsBlind(FairLane lane, bool isBlind)
    {
        if (lane.IsBlind == isBlind) return;
        lane.IsBlind = isBlind;
        lane.Stall?.Update(lane);
    }

    /// <summary>The chosen lane is not ready yet: its tenant's lanes of the kind behind the same gates are passed over until <see cref="Release"/>, and keep their places.</summary>
    public static FairHold Hold(FairLane chosen)
    {
        var stall = chosen.Stall!;
        stall.IsHeld = true;
        return new FairHold(stall);
    }

    /// <summary>What was held may be chosen again.</summary>
    public static void Release(FairHold hold)
    {
        hold.Stall.IsHeld = false;
        hold.Stall.Offer();
    }

    /// <summary>The lane of its tenant, kind and gates that comes next, or null.</summary>
    public static FairLane? Next(FairLane lane) => lane.Stall?.First;

    /// <summary>Those of them that come next: about these, the very first among them, and no more than <paramref name="most"/>.</summary>
    public static IReadOnlyList<FairLane> Next(FairLane lane, int most) => lane.Stall!.Leading(most);
}
