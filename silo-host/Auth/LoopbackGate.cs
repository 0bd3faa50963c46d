using System.Net;
using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Auth;

/// <summary>
/// <c>WORCR_AUTH=off</c>: everybody on this machine may call, but not every web page that is open on it. A page of another origin
/// (its <c>Origin</c>) and a foreign name that was made to point here (its <c>Host</c>; DNS rebinding) are refused, unless
/// <c>WORCR_CORS</c> or <c>WORCR_ADVERTISE</c> names them.
/// </summary>
internal sealed class LoopbackGate(OriginRule origins) : IGate
{
    private static readonly Fault ForeignHost = new(ErrorCodes.Forbidden, "With WORCR_AUTH=off a silo answers to loopback names only; name others in WORCR_CORS or WORCR_ADVERTISE.");
    private string? _lastGoodHost;

    /// <inheritdoc />
    public ValueTask<Fault?> CheckAsync(HttpContext context) => new(Check(context.Request));

    private Fault? Check(HttpRequest request)
    {
        var host = request.Host;
        if (!ReferenceEquals(host.Value, _lastGoodHost) && !string.Equals(host.Value, _lastGoodHost, StringComparison.Ordinal))
        {
            if (!IsOwn(host.Host)) return ForeignHost;
            _lastGoodHost = host.Value;
        }

        return origins.Refuses(request) ? KeyGate.ForeignOrigin : null;
    }

    private bool IsOwn(string host) =>
        host.Length == 0
        || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address))
        || origins.Hosts.Contains(host);
}
