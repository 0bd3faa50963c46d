using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>Something that happened and is durable: the <c>data:</c> of <c>/v1/events</c>, an item of the stream of <c>/hubs/events</c>.</summary>
public sealed record EventDocument
{
    /// <summary>Grows as long as the namespace's dispatcher lives.</summary>
    public required long Id { get; init; }

    /// <summary>When.</summary>
    [JsonConverter(typeof(UtcTimeConverter))]
    public required DateTimeOffset At { get; init; }

    /// <summary>What, such as <c>job.dead</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The job's id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Job { get; init; }

    /// <summary>The type that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>The tenant that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tenant { get; init; }

    /// <summary>The queue label that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Queue { get; init; }

    /// <summary>The figures: an object.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Data { get; init; }
}
