using System.Threading.Channels;

namespace Worcr.Simulation.Server;

/// <summary>The server's end of a worker's connection.</summary>
internal sealed class Gateway(ChannelReader<SessionMessage> messages, Action<SessionMessage> deliver, Action closed)
{
    public ChannelReader<SessionMessage> Messages { get; } = messages;

    public Action<SessionMessage> Deliver { get; } = deliver;

    public Action Closed { get; } = closed;
}
