using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>Addresses of TCP gateways: <c>127.0.0.1:9922</c>, <c>[::1]:9922</c>, <c>localhost:9922</c>, <c>*:9922</c> (all addresses).</summary>
public static class TcpAddress
{
    /// <summary>Reads an address; false when it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? address)
    {
        address = null;
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return false;
        if (ParseHost(text[..colon]) is not { } host) return false;
        address = new IPEndPoint(host, port);
        return true;
    }

    private static IPAddress? ParseHost(string host)
    {
        if (host == "*") return IPAddress.IPv6Any;
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        return IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var address) && isBracketed == host.Contains(':', StringComparison.Ordinal) ? address : null;
    }
}
