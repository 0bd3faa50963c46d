using System.Net.Sockets;

namespace Worcr.EndToEnd.Running;

/// <summary>A TCP proxy in front of a silo that can cut every connection and refuse new ones: the network going away.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _target;
    private readonly Lock _lock = new();
    private readonly HashSet<TcpClient> _open = [];
    private readonly Task _accepting;
    private bool _refusing;

    public CuttingProxy(Uri target)
    {
        _target = target;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>Cuts all connections; new ones are taken.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            foreach (var client in _open) client.Client.Close(0);
            _open.Clear();
        }
    }

    /// <summary>Cuts all connections and takes no new ones until <see cref="Mend"/>.</summary>
    public void Break()
    {
        lock (_lock) _refusing = true;
        Cut();
    }

    public void Mend()
    {
        lock (_lock) _refusing = false;
    }

    public async ValueTask DisposeAsync()
    {
        Break();
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The proxy is being closed.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        try
        {
            if (!Enter(near)) return;
            await far.ConnectAsync(_target.Host, _target.Port);
            if (!Enter(far)) return;
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or the silo is away: both ends see a closed connection.
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(near);
                _open.Remove(far);
            }

            near.Dispose();
        }
    }

    private bool Enter(TcpClient client)
    {
        lock (_lock)
        {
            if (_refusing) return false;
            return _open.Add(client);
        }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone: the other is closed by the caller.
        }
    }
}
