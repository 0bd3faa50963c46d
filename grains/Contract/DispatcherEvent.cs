namespace Worcr.Grains;

/// <summary>Something that happened and is durable.</summary>
/// <param name="Id">Grows within a dispatcher's life; not without gaps, because every listener is told its own choice.</param>
/// <param name="At">When, Unix milliseconds.</param>
/// <param name="Event">What: one of <see cref="EventNames.All"/>.</param>
/// <param name="Job">The job, or null.</param>
/// <param name="Type">Its type, or the type that it is about; or null.</param>
/// <param name="Tenant">Its tenant, or the tenant that it is about; or null.</param>
/// <param name="Queue">Its queue label, or the queue label that it is about; or null.</param>
/// <param name="Data">The figures: a UTF-8 JSON object, or null.</param>
public sealed record DispatcherEvent(
    long Id, long At, string Event, Guid? Job = null, string? Type = null, string? Tenant = null, string? Queue = null, byte[]? Data = null);
