using System.Net;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Outgoing;

namespace Worcr.SiloHost.Hosting;

/// <summary>Checks <see cref="SiloOptions"/> before anything starts; each finding says what to mend.</summary>
public static class SiloOptionsValidator
{
    private const int MinKeyLength = 16;

    /// <summary>Throws <see cref="SiloOptionsException"/> when there is something to mend.</summary>
    public static void Demand(SiloOptions options)
    {
        IReadOnlyList<string> problems = [.. Check(options)];
        if (problems.Count > 0) throw new SiloOptionsException(problems);
    }

    /// <summary>What is wrong; nothing when the options can be used.</summary>
    public static IEnumerable<string> Check(SiloOptions options) =>
        CheckDatabase(options).Concat(CheckUrls(options)).Concat(GatewayAddressCheck.Check(options)).Concat(CheckAuth(options)).Concat(CheckCors(options)).Concat(CheckPush(options)).Concat(CheckNumbers(options));

    /// <summary>Whether only this machine can reach an address.</summary>
    public static bool IsLoopback(string url)
    {
        if (url.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase)) return true;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return false;
        return string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    private static IEnumerable<string> CheckDatabase(SiloOptions options)
    {
        var url = options.DatabaseUrl;
        var known = url is "sqlite::memory:"
            || (url.StartsWith("sqlite:///", StringComparison.Ordinal) && url.Length > "sqlite:///".Length)
            || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "postgres" or "postgresql" && uri.Host.Length > 0);
        if (!known) yield return "DATABASE_URL: write sqlite:///path/file.db, sqlite::memory: or postgres://user:password@host:port/database.";
    }

    private static IEnumerable<string> CheckUrls(SiloOptions options)
    {
        if (options.Urls.Count == 0) yield return "WORCR_URLS: name at least one address, such as http://127.0.0.1:9672.";
        foreach (var url in options.Urls)
        {
            if (CheckUrl(url) is { } problem) yield return problem;
            else if (options.Auth == AuthMode.Off && !IsLoopback(url))
                yield return $"WORCR_URLS: {url} can be reached from other machines while WORCR_AUTH is off; set WORCR_AUTH=keys (worcr key create makes keys), or serve http://127.0.0.1.";
        }

        if (options.Advertise is { } own && !IsPlainOrigin(own, "http", "https"))
            yield return $"WORCR_ADVERTISE: \"{own}\" is not an address such as http://10.0.0.5:9672.";
    }

    private static string? CheckUrl(string url)
    {
        if (url.StartsWith("http://unix:/", StringComparison.OrdinalIgnoreCase)) return null;
        if (url.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            return $"WORCR_URLS: {url}: a silo serves http; put TLS in front of it (deploy/ shows how).";
        var plain = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!IsPlainOrigin(plain, "http")) return $"WORCR_URLS: \"{url}\" is not an address such as http://127.0.0.1:9672.";
        return plain.TrimEnd('/').EndsWith("localhost:0", StringComparison.OrdinalIgnoreCase)
            ? $"WORCR_URLS: {url}: a free port can be asked for an IP address only; write http://127.0.0.1:0."
            : null;
    }

    private static IEnumerable<string> CheckAuth(SiloOptions options)
    {
        if (options.BootstrapKey is { } key && (key.Length < MinKeyLength || key.Any(c => c is <= ' ' or > '~')))
            yield return "WORCR_BOOTSTRAP_KEY: a key has at least 16 printable ASCII characters without blanks.";
    }

    private static IEnumerable<string> CheckCors(SiloOptions options)
    {
        foreach (var origin in options.Cors)
        {
            if (origin == OriginRule.All)
            {
                if (options.Auth == AuthMode.Off) yield return "WORCR_CORS: * (every page) goes with WORCR_AUTH=keys only; name origins such as https://app.example.com.";
                else if (options.Cors.Count > 1) yield return "WORCR_CORS: * stands for every page; name nothing beside it.";
            }
            else if (!IsPlainOrigin(origin, "http", "https")) yield return $"WORCR_CORS: \"{origin}\" is not an origin such as https://app.example.com.";
        }
    }

    private static IEnumerable<string> CheckPush(SiloOptions options)
    {
        foreach (var network in options.PushAllow.Where(a => !AddressRule.IsValid(a))) yield return $"WORCR_PUSH_ALLOW: \"{network}\" is no network such as 10.1.0.0/16, and neither private nor loopback.";
        if (options.PushCa is { } file && TrustedAuthorities.Check(file) is { } problem) yield return $"WORCR_PUSH_CA: {problem}";
    }

    private static IEnumerable<string> CheckNumbers(SiloOptions options)
    {
        if (options.DrainTimeout > TimeSpan.FromHours(1)) yield return "WORCR_DRAIN_TIMEOUT: at most 1h.";
        if (options.Retention < TimeSpan.FromHours(1)) yield return "WORCR_RETENTION: at least 1h.";
        if (options.MaxConnections < 10) yield return "WORCR_MAX_CONNECTIONS: at least 10.";
    }

    private static bool IsPlainOrigin(string text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && schemes.Contains(uri.Scheme)
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
        && uri.Host.Length > 0;
}
