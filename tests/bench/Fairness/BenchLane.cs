using Worcr.Core.Fairness;

namespace Worcr.FairnessBench;

/// <summary>A lane with a never-ending backlog.</summary>
internal sealed class BenchLane(FairTenant tenant, int kind) : FairLane(tenant)
{
    public override object Kind { get; } = kind;

    public int KindNumber { get; } = kind;

    public double Weight { get; } = 1 << (kind & 3);
}
