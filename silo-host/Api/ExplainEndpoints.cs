using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Api;

/// <summary>Why a job is (not) running, how a tenant stands, what lanes wait for.</summary>
internal sealed class ExplainEndpoints(IDispatchers dispatchers) : EndpointBase(dispatchers)
{
    private const int DefaultPage = 100;

    /// <summary><c>GET /v1/jobs/{id}/explain</c></summary>
    public async Task JobAsync(HttpContext context)
    {
        var fault = ReadIdOnly(context, out var id);
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.ExplainAsync(new ExplainRequest.OfJob(id), context.RequestAborted);
        if (reply.Job is not { } job) await RefuseAsync(context, reply.Refusal);
        else await Answers.WriteAsync(context, StatusCodes.Status200OK, Document(job, reply), ProtocolJson.Default.JobExplainDocument);
    }

    /// <summary><c>GET /v1/tenants/{name}/explain</c></summary>
    public async Task TenantAsync(HttpContext context)
    {
        var name = context.GetRouteValue("name") as string ?? "";
        var fault = TextCache.IsName(name) ? new QueryReader(context).Finish() : new Fault(ErrorCodes.InvalidParameter, $"must have 1 to {WireLimits.NameLength} characters, no control characters among them", "name");
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.ExplainAsync(new ExplainRequest.OfTenant(name), context.RequestAborted);
        if (reply.Tenant is not { } tenant) await RefuseAsync(context, reply.Refusal);
        else await Answers.WriteAsync(context, StatusCodes.Status200OK, new TenantExplainDocument(Document(tenant), Documents(reply.Lanes)), ProtocolJson.Default.TenantExplainDocument);
    }

    /// <summary><c>GET /v1/lanes</c></summary>
    public async Task LanesAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var request = new ExplainRequest.OfLanes(
            query.Text("type"), query.Text("tenant"), query.Text("queue"), query.Text("tag"), query.Number("limit", 1, WireLimits.PageSize, DefaultPage));
        if (await FindAsync(context, query.Finish()) is not { } dispatcher) return;
        var reply = await dispatcher.ExplainAsync(request, context.RequestAborted);
        await Answers.WriteAsync(context, StatusCodes.Status200OK, new LaneList(Documents(reply.Lanes)), ProtocolJson.Default.LaneList);
    }

    private static JobExplainDocument Document(JobExplanation job, ExplainReply reply) => new(
        job.Id,
        StateNames.NameOf(job.State),
        Documents(job.Reasons),
        job.Position < 0 ? null : job.Position,
        job.TenantPosition < 0 ? null : job.TenantPosition,
        Time(job.EstimatedStartAt),
        reply.Tenant is { } tenant ? Document(tenant) : null,
        reply.Lanes is [var lane, ..] ? Document(lane) : null);

    private static TenantStanding Document(TenantExplanation tenant) =>
        new(tenant.Name, tenant.Share, tenant.Ready, tenant.Running, tenant.Lag, tenant.Ahead, tenant.StartsPerSecond);

    private static LaneDocument[] Documents(IReadOnlyList<LaneExplanation> lanes) => [.. lanes.Select(Document)];

    private static LaneDocument Document(LaneExplanation lane)
    {
        var shape = lane.Shape;
        return new LaneDocument(
            shape.Type, shape.Tenant, shape.Queue, shape.Tags, lane.Weight,
            shape.SloMs == 0 ? null : new Duration(shape.SloMs),
            shape.OrderKey,
            shape.Args.Length == 0 ? null : shape.Args.ToDictionary(a => a.Path, a => a.Value),
            lane.Ready, lane.Running, Time(lane.OldestReadyAt),
            lane.Limits.Count == 0 ? null : lane.Limits.ToDictionary(l => l.Key, l => l.Value),
            Documents(lane.Reasons));
    }

    private static ReasonDocument[] Documents(IReadOnlyList<Reason> reasons) =>
        [.. reasons.Select(r => new ReasonDocument(r.Code, r.Text, r.Figures is null ? null : new RawJson(r.Figures)))];

    private static DateTimeOffset? Time(long unixMs) => unixMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
}
