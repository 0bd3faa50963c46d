using Worcr.Protocol;
using Worcr.SiloHost.Api.Resources;

namespace Worcr.SiloHost.Api;

/// <summary><c>GET /v1/violations</c></summary>
internal sealed class ViolationsEndpoint(IDispatchers dispatchers) : EndpointBase(dispatchers)
{
    private const int DefaultLimit = 100;

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var request = new ViolationsRequest(query.Text("type"), query.Number("limit", 1, WireLimits.PageSize, DefaultLimit));
        if (await FindAsync(context, query.Finish()) is not { } dispatcher) return;
        var reply = await dispatcher.ViolationsAsync(request, context.RequestAborted);
        var types = reply.Counts.GroupBy(c => c.Type, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => c.Count), StringComparer.Ordinal);
        await Answers.WriteAsync(context, StatusCodes.Status200OK, new ViolationList([.. reply.Items.Select(Document)], types), ProtocolJson.Default.ViolationList);
    }

    /// <summary>The name of a kind.</summary>
    public static string NameOf(ViolationKind kind) => kind == ViolationKind.MaxRunTime ? "maxRunTime" : "checkpointEvery";

    private static ViolationDocument Document(ViolationView v) => new()
    {
        At = DateTimeOffset.FromUnixTimeMilliseconds(v.At),
        Kind = NameOf(v.Kind),
        Job = v.Job,
        Type = v.Type,
        Tenant = v.Tenant,
        Worker = v.Worker,
        Attempt = v.Attempt,
        AllowedMs = v.AllowedMs,
        ActualMs = v.ActualMs,
        Open = v.IsOpen,
        Action = WireChoices.OnViolation.NameOf(v.Action),
        YieldMs = v.YieldMs,
    };
}
