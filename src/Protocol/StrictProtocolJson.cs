using System.Text.Json;
using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>What the server reads besides jobs: unknown and repeated members, and nulls where a value is needed, are errors.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    MaxDepth = WireLimits.Depth + 1,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(BulkJobsRequest))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(EventFilter))]
[JsonSerializable(typeof(WeightBody))]
[JsonSerializable(typeof(RouteBody))]
[JsonSerializable(typeof(LimitBody))]
[JsonSerializable(typeof(ScheduleBody))]
[JsonSerializable(typeof(TenantBody))]
[JsonSerializable(typeof(TypeBody))]
[JsonSerializable(typeof(PauseBody))]
[JsonSerializable(typeof(BlackholeBody))]
[JsonSerializable(typeof(ShedBody))]
[JsonSerializable(typeof(EndpointBody))]
[JsonSerializable(typeof(SettingsBody))]
[JsonSerializable(typeof(SimulationRequest))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class StrictProtocolJson : JsonSerializerContext;
