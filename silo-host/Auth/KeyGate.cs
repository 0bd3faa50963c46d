using Worcr.Protocol;
using Worcr.SiloHost.Api;
using Worcr.SiloHost.Events;

namespace Worcr.SiloHost.Auth;

/// <summary>
/// <c>WORCR_AUTH=keys</c>: every endpoint says which permission it needs (<see cref="PermissionExtensions.Needs"/>); one that says
/// nothing is closed. The key or token comes as <c>Authorization: Bearer</c>, for hubs also as <c>access_token</c> in the query, because a
/// browser cannot set headers on a WebSocket. Nothing else keeps a page's WebSocket to its origin, so hubs look at the <c>Origin</c>, too.
/// </summary>
internal sealed class KeyGate(IKeyRing keys, WorkerTokens tokens, OriginRule origins, OpenConnections connections) : IGate
{
    /// <summary>A page that may not call.</summary>
    public static readonly Fault ForeignOrigin = new(ErrorCodes.Forbidden, "Pages of this origin may not call; name it in WORCR_CORS.");

    private const string Scheme = "Bearer ";
    private static readonly Fault Missing = new(ErrorCodes.Unauthorized, "Send the key as \"Authorization: Bearer <key>\".");
    private static readonly Fault Unknown = new(ErrorCodes.Unauthorized, "The key is not known, was revoked or has ended.");
    private static readonly Fault NotEnough = new(ErrorCodes.Forbidden, "The key's role or namespaces do not allow this.");

    /// <inheritdoc />
    public ValueTask<Fault?> CheckAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null) return default;
        if (IsHub(context.Request) && origins.Refuses(context.Request)) return new(ForeignOrigin);
        var needed = endpoint.Metadata.GetMetadata<NeededPermission>()?.Permission ?? Permission.Administer;
        if (needed == Permission.None) return default;
        var key = KeyOf(context.Request);
        if (key.IsEmpty) return new(Missing);
        if (keys.Find(key.Span) is { } principal) return new(Enter(context, needed, principal));
        return IsToken(key.Span) ? EnterAsync(context, needed, key.ToString()) : new(Unknown);
    }

    private async ValueTask<Fault?> EnterAsync(HttpContext context, Permission needed, string token)
    {
        var grant = await tokens.ReadAsync(token, context.RequestAborted);
        return grant is not null && keys.IsGood(grant.KeyId) ? Enter(context, needed, grant.Holder) : Unknown;
    }

    private Fault? Enter(HttpContext context, Permission needed, Principal principal)
    {
        if (!principal.May(needed, needed == Permission.Administer ? null : NamespaceOf(context))) return NotEnough;
        context.Features.Set(principal);
        if (StaysOpen(context)) connections.Add(context, principal);
        return null;
    }

    private static ReadOnlyMemory<char> KeyOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 1 && header[0] is { } text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return text.AsMemory(Scheme.Length).Trim();
        return IsHub(request) && request.Query["access_token"] is [{ } token] ? token.AsMemory() : default;
    }

    private static bool IsToken(ReadOnlySpan<char> key) => key.Count('.') == 2;

    private static bool IsHub(HttpRequest request) => request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal);

    private static bool StaysOpen(HttpContext context) =>
        IsHub(context.Request) || context.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>()?.Content == EventsEndpoint.ContentType;

    /// <summary>The namespace that a request is about: in its path, or in the query where an endpoint has it there.</summary>
    private static string NamespaceOf(HttpContext context)
    {
        if (context.GetRouteValue("namespace") is string named) return named;
        var query = context.Request.Query;
        var asked = IsHub(context.Request) ? query["ns"].ToString()
            : context.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>()?.Query.Contains("namespace") == true ? query["namespace"].ToString()
            : "";
        return asked.Length == 0 ? ApiNamespace.Default : asked;
    }
}
