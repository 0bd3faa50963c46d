using System.Text.Json.Serialization;

namespace Worcr.HubBench;

/// <summary>The ordinary serialiser at its best: source-generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireJob[]))]
[JsonSerializable(typeof(WireReport[]))]
internal sealed partial class BenchJson : JsonSerializerContext;
