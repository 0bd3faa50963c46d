using Worcr.Core.Fairness;

namespace Worcr.Unit.Core.Fairness;

internal sealed class TestLane(FairTenant tenant, double weight, int kind) : FairLane(tenant)
{
    public double Weight { get; } = weight;

    /// <summary>What a class looks at to say whether it is eligible.</summary>
    public int Kind { get; } = kind;

    public long Backlog { get; set; }

    public long Served { get; set; }
}
