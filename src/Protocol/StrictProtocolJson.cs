using System.Text.Json;
using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>What the server reads besides jobs: unknown and repeated members, and nulls where a value is needed, are errors.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    MaxDepth = WireLimits.Depth)]
[JsonSerializable(typeof(BulkJobsRequest))]
[JsonSerializable(typeof(TenantRequest))]
public sealed partial class StrictProtocolJson : JsonSerializerContext;
