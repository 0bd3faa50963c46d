using Worcr.Protocol;
using Worcr.SiloHost.Auth;

namespace Worcr.SiloHost.Gateways.Sessions;

/// <summary>Keeps a worker to what its token is for: what lies outside is refused with the field's name, what is not said is taken from the token.</summary>
internal static class WorkerScopeChecks
{
    /// <summary>A registration.</summary>
    public static RegisterRequest Within(this RegisterRequest request, WorkerScope? scope) => scope is null ? request : request with
    {
        Types = Types(scope, request.Types),
        Tags = Tags(scope, request.Tags),
        Slots = Slots(scope, request.Slots),
        Prefetch = request.Prefetch > scope.Slots ? throw Outside("prefetch", $"The token is for {scope.Slots} slots, and as many jobs ahead.") : request.Prefetch,
    };

    /// <summary>An HTTP lease: it has as many slots as jobs it asks for.</summary>
    public static LeaseRequest Within(this LeaseRequest request, WorkerScope? scope) => scope is null ? request : request with
    {
        Types = request.Types is [WorkerScope.All] ? scope.Types : Types(scope, request.Types),
        Tags = Tags(scope, request.Tags),
        Max = request.Max > scope.Slots ? throw Outside("max", $"The token is for {scope.Slots} slots.") : request.Max,
    };

    /// <summary>A number of slots.</summary>
    public static int Slots(WorkerScope? scope, int slots) =>
        scope is null || slots <= scope.Slots ? slots : throw Outside("slots", $"The token is for {scope.Slots} slots, not for {slots}.");

    private static IReadOnlyList<string> Types(WorkerScope scope, IReadOnlyList<string> types) =>
        scope.Outside(types) is { } other ? throw Outside("types", $"The token is for {string.Join(", ", scope.Types)}, not for {other}.") : types;

    private static IReadOnlyList<string> Tags(WorkerScope scope, IReadOnlyList<string> tags)
    {
        if (tags.Count == 0 || scope.Has(tags)) return scope.Tags;
        var own = scope.Tags.Count == 0 ? "no tags" : $"the tags {string.Join(", ", scope.Tags)}";
        throw Outside("tags", $"The token's workers have {own}: name these, or none.");
    }

    private static WorkerCallException Outside(string field, string detail) => new(ErrorCodes.Forbidden, detail, field);
}
