using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Auth;

/// <summary>
/// <c>WORCR_AUTH=keys</c>: every endpoint says which permission it needs (<see cref="PermissionExtensions.Needs"/>); one that says
/// nothing is closed. The key comes as <c>Authorization: Bearer</c>, for hubs also as <c>access_token</c> in the query, because a
/// browser cannot set headers on a WebSocket.
/// </summary>
public sealed class KeyGate(IKeyRing keys) : IGate
{
    private const string Scheme = "Bearer ";
    private static readonly Fault Missing = new(ErrorCodes.Unauthorized, "Send the key as \"Authorization: Bearer <key>\".");
    private static readonly Fault Unknown = new(ErrorCodes.Unauthorized, "The key is not known.");
    private static readonly Fault NotEnough = new(ErrorCodes.Forbidden, "The key's role or namespaces do not allow this.");

    /// <inheritdoc />
    public Fault? Check(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null) return null;
        var needed = endpoint.Metadata.GetMetadata<NeededPermission>()?.Permission ?? Permission.Administer;
        if (needed == Permission.None) return null;
        var key = KeyOf(context.Request);
        if (key.IsEmpty) return Missing;
        if (keys.Find(key) is not { } principal) return Unknown;
        if (!principal.May(needed, NamespaceOf(context))) return NotEnough;
        context.Features.Set(principal);
        return null;
    }

    private static ReadOnlySpan<char> KeyOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 1 && header[0] is { } text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return text.AsSpan(Scheme.Length).Trim();
        return request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) && request.Query["access_token"] is [{ } token] ? token : default;
    }

    private static string NamespaceOf(HttpContext context) => context.GetRouteValue("namespace") as string ?? ApiNamespace.Default;
}
