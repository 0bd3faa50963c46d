using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Events;

/// <summary>Reads and checks which events somebody wants: a misspelt name must not end in silence.</summary>
internal static class EventFilters
{
    private const int MaxPatterns = 100;

    /// <summary>Makes the request of a filter; what is wrong with it, or null.</summary>
    public static Fault? Read(EventFilter? filter, out EventsRequest request)
    {
        filter ??= new EventFilter();
        request = new EventsRequest(filter.Events ?? [], filter.Type, filter.Tenant, filter.Queue);
        if (request.Events.Count > MaxPatterns) return new Fault(ErrorCodes.InvalidParameter, $"at most {MaxPatterns} are taken", "events");
        var unknown = request.Events.FirstOrDefault(p => p is null || !EventNames.IsPattern(p));
        return request.Events.Count == 0 || (unknown is null && !request.Events.Contains(null)) ? null : new Fault(
            ErrorCodes.InvalidParameter, $"'{unknown}' names no event; there are {string.Join(", ", EventNames.All)}, and patterns such as job.*", "events");
    }

    /// <summary>The filter in a query string: <c>events=job.dead,slo.*</c>.</summary>
    public static EventFilter Split(string? events, string? type, string? tenant, string? queue) => new()
    {
        Events = events?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        Type = type,
        Tenant = tenant,
        Queue = queue,
    };

    /// <summary>An event as it is on the wire.</summary>
    public static EventDocument Document(DispatcherEvent happened) => new()
    {
        Id = happened.Id,
        At = DateTimeOffset.FromUnixTimeMilliseconds(happened.At),
        Event = happened.Event,
        Job = happened.Job,
        Type = happened.Type,
        Tenant = happened.Tenant,
        Queue = happened.Queue,
        Data = happened.Data is null ? null : new RawJson(happened.Data),
    };
}
