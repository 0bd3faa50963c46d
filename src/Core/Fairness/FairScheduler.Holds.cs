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

    /// <summary>The lanes among those of <see cref="Hold"/> that come next, itself included: about these, and no more than <paramref name="most"/>.</summary>
    public static IReadOnlyList<FairLane> Next(FairLane chosen, int most) => chosen.Stall!.Leading(most);
}
