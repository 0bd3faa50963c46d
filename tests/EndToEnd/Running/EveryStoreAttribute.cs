using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Worcr.EndToEnd.Running;

/// <summary>Runs a theory once on every store, the store being its first and only argument.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryStoreAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. Enum.GetValues<StoreKind>().Select(k => new TheoryDataRow<StoreKind>(k))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
