using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Api;

/// <summary><c>/v1/tenants</c></summary>
internal sealed class TenantEndpoints(IDispatchers dispatchers) : EndpointBase(dispatchers)
{
    /// <summary>All of them.</summary>
    public async Task ListAsync(HttpContext context)
    {
        if (await FindAsync(context, new QueryReader(context).Finish()) is not { } dispatcher) return;
        var reply = await dispatcher.TenantsAsync(new TenantsRequest.Read(null), context.RequestAborted);
        if (reply.Refusal is not null) await RefuseAsync(context, reply.Refusal);
        else await Answers.WriteAsync(context, StatusCodes.Status200OK, new TenantList([.. reply.Items.Select(Document)]), ProtocolJson.Default.TenantList);
    }

    /// <summary>One.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var fault = ReadName(context, out var name) ?? new QueryReader(context).Finish();
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.TenantsAsync(new TenantsRequest.Read(name), context.RequestAborted);
        await AnswerAsync(context, reply, StatusCodes.Status200OK);
    }

    /// <summary>Makes or changes one.</summary>
    public async Task PutAsync(HttpContext context)
    {
        var (body, fault) = await SmallBody.ReadAsync(context, StrictProtocolJson.Default.TenantRequest);
        fault = ReadName(context, out var name) ?? new QueryReader(context).Finish() ?? fault ?? Check(body!, name);
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.TenantsAsync(new TenantsRequest.Put(name, new TenantSettings(body!.Share ?? 1)), context.RequestAborted);
        await AnswerAsync(context, reply, reply.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>Forgets one: its jobs run on with the defaults.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var fault = ReadName(context, out var name) ?? new QueryReader(context).Finish();
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.TenantsAsync(new TenantsRequest.Delete(name), context.RequestAborted);
        if (reply.Refusal is not null) await RefuseAsync(context, reply.Refusal);
        else context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task AnswerAsync(HttpContext context, TenantsReply reply, int status)
    {
        if (reply.Refusal is not null) return RefuseAsync(context, reply.Refusal);
        return reply.Items is [var tenant, ..]
            ? Answers.WriteAsync(context, status, Document(tenant), ProtocolJson.Default.TenantDocument)
            : Answers.FailAsync(context, new Fault(ErrorCodes.NotFound, "Nothing is said about this tenant."));
    }

    private static Fault? ReadName(HttpContext context, out string name)
    {
        name = context.GetRouteValue("name") as string ?? "";
        return TextCache.IsName(name) ? null : new Fault(ErrorCodes.InvalidParameter, $"must have 1 to {WireLimits.NameLength} characters, no control characters among them", "name");
    }

    private static Fault? Check(TenantRequest body, string name)
    {
        if (body.Name is not null && body.Name != name) return new Fault(ErrorCodes.InvalidField, "must be the name in the path, or absent", "name");
        return body.Share is < WireLimits.MinWeight or > WireLimits.MaxWeight
            ? new Fault(ErrorCodes.InvalidField, "must be from 0.000001 to 1000000", "share")
            : null;
    }

    private static TenantDocument Document(KeyValuePair<string, TenantSettings> tenant) => new(tenant.Key, tenant.Value.Share);
}
