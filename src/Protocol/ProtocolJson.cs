using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>
/// The JSON of the REST wire types: camelCase, nothing written for null. Unknown members are ignored on reading, so that an older
/// client can talk to a newer server; the server itself reads with <see cref="StrictProtocolJson"/>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 128,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(JobRequest))]
[JsonSerializable(typeof(IReadOnlyList<JobRequest>))]
[JsonSerializable(typeof(EnqueueAnswer))]
[JsonSerializable(typeof(IReadOnlyList<EnqueueAnswer>))]
[JsonSerializable(typeof(JobDocument))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(JobResult))]
[JsonSerializable(typeof(JobLogs))]
[JsonSerializable(typeof(JobControlAnswer))]
[JsonSerializable(typeof(BulkJobsRequest))]
[JsonSerializable(typeof(BulkJobsAnswer))]
[JsonSerializable(typeof(TenantRequest))]
[JsonSerializable(typeof(TenantDocument))]
[JsonSerializable(typeof(TenantList))]
[JsonSerializable(typeof(WorkerList))]
[JsonSerializable(typeof(StatsDocument))]
[JsonSerializable(typeof(JobExplainDocument))]
[JsonSerializable(typeof(TenantExplainDocument))]
[JsonSerializable(typeof(LaneList))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ProtocolJson : JsonSerializerContext;
