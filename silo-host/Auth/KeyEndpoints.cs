using Worcr.Protocol;
using Worcr.SiloHost.Api;
using Worcr.SiloHost.Api.Resources;

namespace Worcr.SiloHost.Auth;

/// <summary><c>/v1/keys</c></summary>
internal sealed partial class KeyEndpoints(KeyBook book, KeyRing ring, ILogger<KeyEndpoints> log)
{
    /// <summary>Its routes.</summary>
    public IEnumerable<ApiRoute> Routes =>
    [
        new("GET", "/keys", Permission.Administer, ListAsync) { Summary = "All keys, without the keys themselves", Answer = typeof(ResourceList<KeyDocument>), Errors = [400, 503] },
        new("POST", "/keys", Permission.Administer, CreateAsync)
        {
            Summary = "Make a key; the answer is the only place where it is ever shown",
            Request = typeof(KeyRequest),
            Answer = typeof(KeyDocument),
            Statuses = [201],
            Errors = [400, 409, 413, 415, 503],
        },
        new("DELETE", "/keys/{name}", Permission.Administer, RevokeAsync)
        {
            Summary = "Revoke a key, the tokens that it asked for, and the connections that were opened with any of them", Statuses = [204], Errors = [400, 404, 503],
        },
    ];

    private async Task ListAsync(HttpContext context)
    {
        if (new QueryReader(context).Finish() is { } fault) await Answers.FailAsync(context, fault);
        else await Answers.WriteAsync(context, StatusCodes.Status200OK, await book.ListAsync(context.RequestAborted), ProtocolJson.Default.ResourceListKeyDocument);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var (request, fault) = await SmallBody.ReadAsync(context, StrictProtocolJson.Default.KeyRequest);
        fault ??= new QueryReader(context).Finish();
        KeyDocument? made = null;
        if (fault is null) (made, fault) = await book.CreateAsync(request!, CancellationToken.None);
        if (fault is not null)
        {
            await Answers.FailAsync(context, fault);
            return;
        }

        LogMade(made!.Name, made.Role, NameOf(context));
        await ring.TryRefreshAsync(CancellationToken.None);
        context.Response.Headers.CacheControl = "no-store";
        await Answers.WriteAsync(context, StatusCodes.Status201Created, made, ProtocolJson.Default.KeyDocument);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        var name = PathName.Of(context);
        var fault = PathName.Check(name) ?? new QueryReader(context).Finish();
        if (fault is null && !await book.RevokeAsync(name, CancellationToken.None)) fault = new Fault(ErrorCodes.NotFound, $"There is no key '{name}'.");
        if (fault is not null)
        {
            await Answers.FailAsync(context, fault);
            return;
        }

        LogRevoked(name, NameOf(context));
        await ring.TryRefreshAsync(CancellationToken.None);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string NameOf(HttpContext context) => context.Features.Get<Principal>()?.Name ?? "someone on this machine";
}
