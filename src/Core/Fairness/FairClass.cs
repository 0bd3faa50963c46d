using System.Runtime.Intrinsics;

namespace Worcr.Core.Fairness;

/// <summary>A worker class: which kinds of lanes it may serve.</summary>
public sealed class FairClass
{
    private readonly Func<FairLane, bool> _eligible;
    private readonly TenantOrder _tenants;
    private readonly HashSet<FairKind> _kinds = [];

    internal FairClass(Func<FairLane, bool> eligible, TenantOrder tenants)
    {
        _eligible = eligible;
        _tenants = tenants;
    }

    /// <summary>The kinds it may serve, see <see cref="FairKind.Bit"/>.</summary>
    internal Vector256<ulong> Kinds { get; private set; }

    /// <summary>The lane that a free slot of this class serves next, or null; <see cref="FairScheduler.Charge"/> it when a job was taken.</summary>
    public FairLane? Choose() => _tenants.Choose(this);

    internal bool Takes(FairKind kind) => _kinds.Contains(kind);

    internal void Introduce(FairKind kind)
    {
        if (!_eligible(kind.Sample)) return;
        _kinds.Add(kind);
        Kinds |= kind.Bit;
    }

    internal void Forget(FairKind kind)
    {
        if (!_kinds.Remove(kind)) return;
        Kinds = Vector256<ulong>.Zero;
        foreach (var left in _kinds) Kinds |= left.Bit;
    }
}
