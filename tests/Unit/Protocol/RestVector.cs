using System.Text.Json;
using System.Text.Json.Nodes;
using Worcr.Protocol;

namespace Worcr.Unit.Protocol;

/// <summary>One message of <c>src/Protocol/vectors/rest</c>.</summary>
public sealed record RestVector(string Name, string Direction, string Type, JsonNode Message)
{
    private const string ListSuffix = "DocumentList";
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IEnumerable<RestVector> All =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "vectors", "rest"), "*.json").Order(StringComparer.Ordinal)
            .SelectMany(file => JsonSerializer.Deserialize<RestVector[]>(File.ReadAllText(file), Options)!);

    public Type WireType => Type.EndsWith(ListSuffix, StringComparison.Ordinal) && Find(Type[..^"List".Length]) is { } item
        ? typeof(ResourceList<>).MakeGenericType(item)
        : Find(Type) ?? throw new InvalidOperationException($"{Name}: there is no {Type}");

    private static Type? Find(string name) => typeof(ProtocolJson).Assembly.GetType("Worcr.Protocol." + name);
}
