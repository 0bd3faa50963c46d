using System.Net;
using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.SiloHost.Hosting;

/// <summary>Checks where the TCP gateways are to listen: an address that other machines reach needs somebody at the door.</summary>
internal static class GatewayAddressCheck
{
    /// <summary>What is wrong.</summary>
    public static IEnumerable<string> Check(SiloOptions options)
    {
        if (CheckWorkq(options) is { } workq) yield return workq;
        if (CheckFaktory(options) is { } faktory) yield return faktory;
    }

    private static string? CheckWorkq(SiloOptions options)
    {
        if (options.Workq is not { } text) return null;
        if (!TcpAddress.TryParse(text, out var address)) return NoAddress("WORCR_WORKQ", text, 9922);
        if (IPAddress.IsLoopback(address.Address)) return null;
        return $"WORCR_WORKQ: {text} can be reached from other machines, and the Workq protocol knows no keys; serve 127.0.0.1 and let clients come through a tunnel.";
    }

    private static string? CheckFaktory(SiloOptions options)
    {
        if (options.Faktory is not { } text) return null;
        if (!TcpAddress.TryParse(text, out var address)) return NoAddress("WORCR_FAKTORY", text, 7419);
        if (IPAddress.IsLoopback(address.Address)) return null;
        if (options.FaktoryPassword is null) return $"WORCR_FAKTORY: {text} can be reached from other machines; set WORCR_FAKTORY_PASSWORD and WORCR_AUTH=keys, or serve 127.0.0.1.";
        return options.Auth == AuthMode.Off ? $"WORCR_FAKTORY: {text} can be reached from other machines while WORCR_AUTH is off; serve 127.0.0.1, or set WORCR_AUTH=keys (worcr key create makes keys)." : null;
    }

    private static string NoAddress(string key, string text, int port) => $"{key}: \"{text}\" is not an address such as 127.0.0.1:{port}.";
}
