using System.Collections.Frozen;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Auth;

/// <summary>Which pages may call: those of this silo, and those that <c>WORCR_CORS</c> or <c>WORCR_ADVERTISE</c> names. Programs send no <c>Origin</c>.</summary>
internal sealed class OriginRule
{
    /// <summary>In <c>WORCR_CORS</c>: every page.</summary>
    public const string All = "*";

    private readonly FrozenSet<string> _origins;

    /// <summary>Creates the rule from the options.</summary>
    public OriginRule(SiloOptions options)
    {
        var named = (options.Advertise is { } own ? options.Cors.Append(own) : options.Cors).Where(o => o != All);
        IsOpen = options.Cors.Contains(All);
        _origins = named.Select(Normal).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Hosts = _origins.Select(o => new Uri(o).Host).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether every page may call.</summary>
    public bool IsOpen { get; }

    /// <summary>The host names of the origins that are named.</summary>
    public FrozenSet<string> Hosts { get; }

    /// <summary>An origin as browsers write it.</summary>
    public static string Normal(string origin) => new Uri(origin).GetLeftPart(UriPartial.Authority);

    /// <summary>Whether a request comes from a page that may not call.</summary>
    public bool Refuses(HttpRequest request)
    {
        var header = request.Headers.Origin;
        return header.Count > 0 && !IsOpen && !Allows(header.ToString(), request.Host);
    }

    private bool Allows(string origin, HostString host) =>
        _origins.Contains(origin)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase));
}
