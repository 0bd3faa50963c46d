using System.Runtime.Intrinsics;

namespace Worcr.Core.Fairness;

/// <summary>The lanes that the same worker classes may serve.</summary>
internal sealed class FairKind(int number, FairLane sample)
{
    /// <summary>How many bits there are.</summary>
    private const int Bits = 256;

    private readonly Dictionary<FairTenant, TenantLanes> _lanes = [];

    public int Number { get; } = number;

    /// <summary>Any lane of the kind: what holds of it holds of all.</summary>
    public FairLane Sample { get; } = sample;

    /// <summary>Its bit in sets of kinds. Kinds may share one: such a set says where to look, not what is there.</summary>
    public Vector256<ulong> Bit { get; } = Vector256<ulong>.Zero.WithElement(number % Bits / 64, 1UL << number % 64);

    public bool IsIdle => _lanes.Count == 0;

    /// <summary>A tenant's lanes of the kind.</summary>
    public TenantLanes LanesOf(FairTenant tenant)
    {
        if (_lanes.TryGetValue(tenant, out var lanes)) return lanes;
        _lanes.Add(tenant, lanes = new TenantLanes(this));
        tenant.Add(lanes);
        return lanes;
    }

    public void Forget(FairTenant tenant)
    {
        if (_lanes.Remove(tenant, out var lanes)) tenant.Remove(lanes);
    }
}
