namespace Worcr.Grains;

/// <summary>Asks for a page of jobs, newest first. Null parts match everything.</summary>
/// <param name="State">A state, running included.</param>
/// <param name="Type">Exact type.</param>
/// <param name="Tenant">Exact tenant.</param>
/// <param name="Tag">A tag the job must have.</param>
/// <param name="Queue">Exact queue label.</param>
/// <param name="Limit">At most so many, 1 to 1,000.</param>
/// <param name="Cursor">Where the last page ended, or null.</param>
public sealed record QueryJobsRequest(JobState? State, string? Type, string? Tenant, string? Tag, string? Queue, int Limit, long? Cursor)
{
    /// <summary>The same, asked of the store, which knows of no running job.</summary>
    internal JobQuery InStore(Ownership ownership) => new()
    {
        Ownership = ownership,
        States = State is { } state ? [state] : null,
        Types = One(Type),
        Tenants = One(Tenant),
        Queues = One(Queue),
        Tags = One(Tag),
        Cursor = Cursor,
        Limit = Limit,
    };

    /// <summary>Whether a job of this shape is asked for.</summary>
    internal bool Matches(LaneShape shape) =>
        (Type is null || Type == shape.Type)
        && (Tenant is null || Tenant == shape.Tenant)
        && (Queue is null || Queue == shape.Queue)
        && (Tag is null || shape.Tags.Contains(Tag));

    private static string[]? One(string? value) => value is null ? null : [value];
}
