using Worcr.Core.Fairness;

namespace Worcr.Unit.Core.Fairness;

/// <summary>A lane, and what the model knows of it.</summary>
internal sealed class ModelLane(FairTenant tenant) : FairLane(tenant)
{
    public int Kind { get; set; }

    public FairGate[] Gates { get; set; } = [];
}
