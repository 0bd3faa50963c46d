using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>The endpoints of one kind of resource.</summary>
internal sealed class ResourceEndpoints(IDispatchers dispatchers, ResourceDescription description) : EndpointBase(dispatchers)
{
    /// <summary>All of them.</summary>
    public async Task ListAsync(HttpContext context)
    {
        if (await FindAsync(context, new QueryReader(context).Finish()) is not { } dispatcher) return;
        var reply = await dispatcher.ResourcesAsync(new ResourceRequest.Read(description.Kind, null), context.RequestAborted);
        if (reply.Refusal is not null) await RefuseAsync(context, reply.Refusal);
        else await description.WriteAllAsync(context, reply.Items);
    }

    /// <summary>One.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var fault = ReadName(context, out var name) ?? new QueryReader(context).Finish();
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.ResourcesAsync(new ResourceRequest.Read(description.Kind, name), context.RequestAborted);
        await AnswerAsync(context, reply, name, StatusCodes.Status200OK);
    }

    /// <summary>Makes or changes one; <c>?dryRun=true</c> only says what it would be.</summary>
    public async Task PutAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var dryRun = query.Flag("dryRun");
        var fault = ReadName(context, out var name) ?? query.Finish();
        Resource? body = null;
        if (fault is null) (body, fault) = await description.ReadAsync(context, name);
        if (await (dryRun ? FindAsync(context, fault) : OpenAsync(context, fault)) is not { } dispatcher) return;
        ResourceRequest request = dryRun ? new ResourceRequest.Preview(name, body!) : new ResourceRequest.Put(name, body!);
        var reply = await dispatcher.ResourcesAsync(request, context.RequestAborted);
        var isNew = reply.Created && description.Default is null;
        if (isNew) reply = reply with { Items = [.. reply.Items.Select(made => description.Made(body!, made))] };
        await AnswerAsync(context, reply, name, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>Forgets one.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var fault = ReadName(context, out var name) ?? new QueryReader(context).Finish();
        if (await FindAsync(context, fault) is not { } dispatcher) return;
        var reply = await dispatcher.ResourcesAsync(new ResourceRequest.Delete(description.Kind, name), context.RequestAborted);
        if (reply.Refusal is not null) await AnswerAsync(context, reply, name, 0);
        else context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The name in the path; of settings there is only one, and the path does not say it.</summary>
    private Fault? ReadName(HttpContext context, out string name)
    {
        name = description.Default is null ? PathName.Of(context) : NamespaceRule.Name;
        return PathName.Check(name);
    }

    private Task AnswerAsync(HttpContext context, ResourceReply reply, string name, int status)
    {
        if (reply.Refusal is { Kind: not RefusalKind.NotFound } refusal) return RefuseAsync(context, refusal);
        if (reply.Items is [var view, ..]) return description.WriteAsync(context, status, view with { Name = name });
        return description.Default is { } always
            ? description.WriteAsync(context, StatusCodes.Status200OK, new ResourceView(name, always, ResourceFigures.None))
            : Answers.FailAsync(context, new Fault(ErrorCodes.NotFound, $"There is no {description.Noun} '{name}'."));
    }
}
