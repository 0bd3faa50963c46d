namespace Worcr.Core.Fairness;

/// <summary>A tenant's lanes that are passed over, see <see cref="FairScheduler.Hold"/>.</summary>
public readonly struct FairHold
{
    internal FairHold(FairStall stall) => Stall = stall;

    internal FairStall Stall { get; }
}
