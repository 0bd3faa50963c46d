using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>Listens for the clients of one protocol and serves each in a task of its own; README.md beside this file has the bounds.</summary>
public sealed partial class TcpGateway<TProtocol>(TcpGatewayOptions options, TProtocol protocol, TimeProvider time, ILoggerFactory loggers)
    : IHostedService, IDrainable, IDisposable
    where TProtocol : ITcpProtocol
{
    private const int BufferBytes = 64 * 1024;

    private readonly ILogger _log = loggers.CreateLogger("Worcr.Tcp." + protocol.Name);
    private readonly ConcurrentDictionary<TcpConnection, Task> _connections = new();
    private readonly SemaphoreSlim _largeBlocks = new(options.LargeBlocks);
    private readonly CancellationTokenSource _draining = new();
    private IConnectionListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _open;

    /// <summary>Where it listens, with its real port; null before the start.</summary>
    public IPEndPoint? Address => _listener?.EndPoint as IPEndPoint;

    /// <summary>Connections that are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var transport = new SocketTransportOptions { MaxReadBufferSize = BufferBytes, MaxWriteBufferSize = BufferBytes, UnsafePreferInlineScheduling = true };
        try
        {
            _listener = await new SocketTransportFactory(Options.Create(transport), loggers).BindAsync(options.Address, cancellationToken);
        }
        catch (Exception error) when (error is SocketException or AddressInUseException)
        {
            throw new IOException($"The {protocol.Name} gateway cannot listen on {options.Address}: {error.Message}", error);
        }

        LogListening(protocol.Name, Address);
        _accepting = Task.Run(AcceptAsync, CancellationToken.None);
    }

    /// <summary>Ends what only waits; reports are taken until the host stops.</summary>
    public Task DrainAsync(CancellationToken cancel) => _draining.CancelAsync();

    /// <summary>Stops accepting, closes idle connections, and waits for the commands under way until <paramref name="cancellationToken"/> says that it took long enough.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is not { } listener) return;
        await _draining.CancelAsync();
        await listener.UnbindAsync(CancellationToken.None);
        await _accepting;
        foreach (var connection in _connections.Keys) connection.Stop();
        await FinishAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var connection in _connections.Keys) connection.Abort();
        await FinishAsync();
        await listener.DisposeAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _draining.Dispose();
        _largeBlocks.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (await _listener!.AcceptAsync() is { } context)
        {
            if (Interlocked.Increment(ref _open) <= options.MaxConnections) Begin(context);
            else _ = RefuseAsync(context);
        }
    }

    private void Begin(ConnectionContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { } socket) socket.Socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        var connection = new TcpConnection(context, options, protocol.Name, _largeBlocks, time, _draining.Token);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = ServeAsync(connection, begun.Task);
        begun.SetResult();
    }

    private async Task ServeAsync(TcpConnection connection, Task begun)
    {
        await begun;
        TcpMeter.CountConnection(protocol.Name, +1);
        LogOpened(connection.Id, connection.Remote);
        try
        {
            await protocol.ServeAsync(connection);
        }
        catch (Exception error) when (error is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            LogBroke(connection.Id, error.Message);
        }
        catch (Exception error)
        {
            LogFailed(error, connection.Id);
        }

        await CloseAsync(connection);
    }

    private async Task CloseAsync(TcpConnection connection)
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (IOException error)
        {
            LogBroke(connection.Id, error.Message);
        }

        _connections.TryRemove(connection, out _);
        Interlocked.Decrement(ref _open);
        TcpMeter.CountConnection(protocol.Name, -1);
        LogClosed(connection.Id);
    }

    private async Task RefuseAsync(ConnectionContext context)
    {
        TcpMeter.CountRefused(protocol.Name);
        LogCrowded(options.MaxConnections, context.RemoteEndPoint);
        try
        {
            await context.Transport.Output.WriteAsync(protocol.Crowded);
            await context.Transport.Output.CompleteAsync();
            await context.Transport.Input.CompleteAsync();
        }
        finally
        {
            await context.DisposeAsync();
            Interlocked.Decrement(ref _open);
        }
    }

    private Task FinishAsync() => Task.WhenAll(_connections.Values);
}
