using System.Net;
using System.Net.Sockets;

namespace Worcr.SiloHost.Outgoing;

/// <summary>
/// Which addresses the silo may connect to on behalf of its users: public ones, and what <c>WORCR_PUSH_ALLOW</c> allows besides. Everything that a private
/// network may have behind it (loopback, private, link-local, shared, multicast, reserved, the metadata services of clouds) is no public address, in whatever form it is written.
/// </summary>
internal sealed class AddressRule
{
    /// <summary>Stands for the loopback addresses.</summary>
    public const string Loopback = "loopback";

    /// <summary>Stands for the addresses of private networks.</summary>
    public const string Private = "private";

    private const int EmbeddedInNat64 = 12;
    private const int EmbeddedIn6To4 = 2;
    private const int Ipv4Bytes = 4;

    private static readonly IPNetwork[] LoopbackNets = Nets("127.0.0.0/8", "::1/128");
    private static readonly IPNetwork[] PrivateNets = Nets("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    private static readonly IPNetwork[] NotPublic =
    [
        .. LoopbackNets,
        .. PrivateNets,
        .. Nets(
            "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fe80::/10", "fec0::/10", "ff00::/8"),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private readonly IPNetwork[] _allowed;

    /// <summary>Allows what <paramref name="allowed"/> says: networks, <c>private</c>, <c>loopback</c>.</summary>
    public AddressRule(IEnumerable<string> allowed) => _allowed = [.. allowed.SelectMany(a => Read(a) ?? throw new ArgumentException($"{a} is no network.", nameof(allowed)))];

    /// <summary>Whether a text is something to allow.</summary>
    public static bool IsValid(string text) => Read(text) is not null;

    /// <summary>Whether the silo may connect to an address.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = Plain(address);
        return _allowed.Any(n => n.Contains(plain)) || (!NotPublic.Any(n => n.Contains(plain)) && (Embedded(plain) is not { } within || Allows(within)));
    }

    /// <summary>An IPv4 address that is written as IPv6 is what it is.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The IPv4 address that a translator or a tunnel makes of it, or null.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return null;
        if (Nat64.Contains(address)) return new IPAddress(address.GetAddressBytes().AsSpan(EmbeddedInNat64, Ipv4Bytes));
        return SixToFour.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(EmbeddedIn6To4, Ipv4Bytes)) : null;
    }

    private static IPNetwork[]? Read(string text) => text switch
    {
        Loopback => LoopbackNets,
        Private => PrivateNets,
        _ when IPNetwork.TryParse(text, out var net) => [net],
        _ => null,
    };

    private static IPNetwork[] Nets(params string[] nets) => [.. nets.Select(n => IPNetwork.Parse(n))];
}
