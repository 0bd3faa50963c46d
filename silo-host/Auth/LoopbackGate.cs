using System.Collections.Frozen;
using System.Net;
using Worcr.Protocol;
using Worcr.SiloHost.Api;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Auth;

/// <summary>
/// <c>WORCR_AUTH=off</c>: everybody on this machine may call, but not every web page that is open on it. A page of another origin
/// (its <c>Origin</c>) and a foreign name that was made to point here (its <c>Host</c>; DNS rebinding) are refused, unless
/// <c>WORCR_CORS</c> or <c>WORCR_ADVERTISE</c> names them.
/// </summary>
public sealed class LoopbackGate : IGate
{
    private static readonly Fault ForeignHost = new(ErrorCodes.Forbidden, "With WORCR_AUTH=off a silo answers to loopback names only; name others in WORCR_CORS or WORCR_ADVERTISE.");
    private static readonly Fault ForeignOrigin = new(ErrorCodes.Forbidden, "Pages of this origin may not call; name it in WORCR_CORS.");
    private readonly FrozenSet<string> _origins;
    private readonly FrozenSet<string> _hosts;
    private string? _lastGoodHost;

    /// <summary>Creates the gate from the options.</summary>
    public LoopbackGate(SiloOptions options)
    {
        var named = options.Advertise is { } own ? options.Cors.Append(own) : options.Cors;
        _origins = named.Select(o => new Uri(o).GetLeftPart(UriPartial.Authority)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _hosts = _origins.Select(o => new Uri(o).Host).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <inheritdoc />
    public Fault? Check(HttpContext context)
    {
        var host = context.Request.Host;
        if (!ReferenceEquals(host.Value, _lastGoodHost) && !string.Equals(host.Value, _lastGoodHost, StringComparison.Ordinal))
        {
            if (!IsOwn(host.Host)) return ForeignHost;
            _lastGoodHost = host.Value;
        }

        var origin = context.Request.Headers.Origin;
        return origin.Count == 0 || IsAllowed(origin.ToString(), host) ? null : ForeignOrigin;
    }

    private bool IsOwn(string host) =>
        host.Length == 0
        || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address))
        || _hosts.Contains(host);

    private bool IsAllowed(string origin, HostString host) =>
        _origins.Contains(origin)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase));
}
