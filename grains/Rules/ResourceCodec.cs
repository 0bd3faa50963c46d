using System.Text.Json;
using System.Text.Json.Serialization;
using Worcr.Core.Rules;

namespace Worcr.Grains.Rules;

/// <summary>The stored form of resources: JSON, kinds as lower-case names.</summary>
internal static class ResourceCodec
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string NameOf(ResourceKind kind) => kind.ToString().ToLowerInvariant();

    public static bool TryKind(string name, out ResourceKind kind) => Enum.TryParse(name, ignoreCase: true, out kind) && NameOf(kind) == name;

    public static byte[] Encode(Resource resource) => JsonSerializer.SerializeToUtf8Bytes(resource, resource.GetType(), Options);

    public static Resource Decode(ResourceKind kind, byte[] body) => (Resource)JsonSerializer.Deserialize(body, TypeOf(kind), Options)!;

    private static Type TypeOf(ResourceKind kind) => kind switch
    {
        ResourceKind.Weight => typeof(WeightRule),
        ResourceKind.Route => typeof(RouteRule),
        ResourceKind.Limit => typeof(LimitRule),
        ResourceKind.Schedule => typeof(ScheduleRule),
        ResourceKind.Tenant => typeof(TenantRule),
        ResourceKind.Type => typeof(TypeRule),
        ResourceKind.Pause => typeof(PauseRule),
        ResourceKind.Blackhole => typeof(BlackholeRule),
        ResourceKind.Shed => typeof(ShedRule),
        ResourceKind.Endpoint => typeof(EndpointRule),
        ResourceKind.Worker => typeof(WorkerRule),
        ResourceKind.Settings => typeof(NamespaceRule),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}
