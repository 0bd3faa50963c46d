using System.Text.Json.Serialization;

namespace Worcr.Protocol.Worker;

/// <summary>How the worker messages are written as JSON. The hot ones have a converter of their own.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegisterCall))]
[JsonSerializable(typeof(RegisterAnswer))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(LeaseCall))]
[JsonSerializable(typeof(NoteCall))]
[JsonSerializable(typeof(AcquireCall))]
[JsonSerializable(typeof(bool))]
public sealed partial class WorkerJson : JsonSerializerContext;
