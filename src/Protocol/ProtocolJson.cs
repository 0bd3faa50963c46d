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
[JsonSerializable(typeof(ChildrenDocument))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(JobResult))]
[JsonSerializable(typeof(JobLogs))]
[JsonSerializable(typeof(JobControlAnswer))]
[JsonSerializable(typeof(BulkJobsRequest))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(BatchDocument))]
[JsonSerializable(typeof(ResourceList<BatchDocument>))]
[JsonSerializable(typeof(BulkJobsAnswer))]
[JsonSerializable(typeof(WeightBody))]
[JsonSerializable(typeof(WeightDocument))]
[JsonSerializable(typeof(ResourceList<WeightDocument>))]
[JsonSerializable(typeof(RouteBody))]
[JsonSerializable(typeof(RouteDocument))]
[JsonSerializable(typeof(ResourceList<RouteDocument>))]
[JsonSerializable(typeof(LimitBody))]
[JsonSerializable(typeof(LimitDocument))]
[JsonSerializable(typeof(ResourceList<LimitDocument>))]
[JsonSerializable(typeof(ScheduleBody))]
[JsonSerializable(typeof(ScheduleDocument))]
[JsonSerializable(typeof(ResourceList<ScheduleDocument>))]
[JsonSerializable(typeof(TenantBody))]
[JsonSerializable(typeof(TenantDocument))]
[JsonSerializable(typeof(ResourceList<TenantDocument>))]
[JsonSerializable(typeof(TypeBody))]
[JsonSerializable(typeof(TypeDocument))]
[JsonSerializable(typeof(ResourceList<TypeDocument>))]
[JsonSerializable(typeof(PauseBody))]
[JsonSerializable(typeof(PauseDocument))]
[JsonSerializable(typeof(ResourceList<PauseDocument>))]
[JsonSerializable(typeof(BlackholeBody))]
[JsonSerializable(typeof(BlackholeDocument))]
[JsonSerializable(typeof(ResourceList<BlackholeDocument>))]
[JsonSerializable(typeof(ShedBody))]
[JsonSerializable(typeof(ShedDocument))]
[JsonSerializable(typeof(ResourceList<ShedDocument>))]
[JsonSerializable(typeof(SettingsBody))]
[JsonSerializable(typeof(WorkerList))]
[JsonSerializable(typeof(StatsDocument))]
[JsonSerializable(typeof(JobExplainDocument))]
[JsonSerializable(typeof(TenantExplainDocument))]
[JsonSerializable(typeof(LaneList))]
[JsonSerializable(typeof(QueueList))]
[JsonSerializable(typeof(ViolationList))]
[JsonSerializable(typeof(EventDocument))]
[JsonSerializable(typeof(EventFilter))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ProtocolJson : JsonSerializerContext;
