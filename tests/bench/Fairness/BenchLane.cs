using Worcr.Core.Fairness;

namespace Worcr.FairnessBench;

/// <summary>A lane with a never-ending backlog.</summary>
internal sealed class BenchLane(FairTenant tenant, int kind) : FairLane(tenant)
{
    public int Kind { get; } = kind;

    public double Weight => 1 << (Kind & 3);
}
