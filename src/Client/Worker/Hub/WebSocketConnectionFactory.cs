using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace Worcr.Client.Hub;

/// <summary>Connects to the hub by a bare WebSocket, without negotiation.</summary>
[SuppressMessage("Design", "CA1001", Justification = "SignalR disposes of the connection.")]
internal sealed class WebSocketConnectionFactory(Uri address, Func<CancellationToken, ValueTask<string?>> key, TimeSpan patience, HttpMessageInvoker? http) : IConnectionFactory
{
    private WebSocketConnection? _connection;

    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endPoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            if (await key(limit.Token).ConfigureAwait(false) is { } given) socket.Options.SetRequestHeader("Authorization", "Bearer " + given);
            socket.Options.KeepAliveInterval = TimeSpan.Zero; // the hub protocol pings
            await socket.ConnectAsync(address, http, limit.Token).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return _connection = new WebSocketConnection(socket);
    }

    /// <summary>Cuts the connection, if there is one.</summary>
    public void Abort() => _connection?.Abort();
}
