using System.Text.Json;
using System.Text.Json.Nodes;
using Worcr.Protocol;

namespace Worcr.Unit.Protocol;

/// <summary>One message of <c>src/Protocol/vectors/rest</c>.</summary>
public sealed record RestVector(string Name, string Direction, string Type, JsonNode Message)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IEnumerable<RestVector> All =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "vectors", "rest"), "*.json").Order(StringComparer.Ordinal)
            .SelectMany(file => JsonSerializer.Deserialize<RestVector[]>(File.ReadAllText(file), Options)!);

    public Type WireType => typeof(ProtocolJson).Assembly.GetType("Worcr.Protocol." + Type) ?? throw new InvalidOperationException($"{Name}: there is no {Type}");
}
