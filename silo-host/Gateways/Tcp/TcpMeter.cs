using System.Diagnostics.Metrics;

namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>What the TCP gateways count about themselves.</summary>
internal static class TcpMeter
{
    private static readonly Meter Meter = new("Worcr.Tcp");
    private static readonly UpDownCounter<int> Connections = Meter.CreateUpDownCounter<int>("worcr.tcp.connections", "{connection}", "Open connections by protocol");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("worcr.tcp.refused", "{connection}", "Connections that found no room, by protocol");
    private static readonly Counter<long> Cut = Meter.CreateCounter<long>("worcr.tcp.cut", "{connection}", "Connections cut off, by protocol and reason");
    private static readonly Counter<long> Commands = Meter.CreateCounter<long>("worcr.tcp.commands", "{command}", "Commands by protocol and name");

    /// <summary>A connection opens (+1) or closes (-1).</summary>
    public static void CountConnection(string protocol, int change) => Connections.Add(change, Label("protocol", protocol));

    /// <summary>A connection found no room.</summary>
    public static void CountRefused(string protocol) => Refused.Add(1, Label("protocol", protocol));

    /// <summary>A connection was cut off.</summary>
    public static void CountCut(string protocol, TcpCut why) => Cut.Add(1, Label("protocol", protocol), Label("reason", NameOf(why)));

    /// <summary>A command came.</summary>
    public static void CountCommand(string protocol, string command) => Commands.Add(1, Label("protocol", protocol), Label("command", command));

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    private static string NameOf(TcpCut why) => why switch
    {
        TcpCut.Idle => "idle",
        TcpCut.Stalled => "stalled",
        _ => "unread",
    };
}
