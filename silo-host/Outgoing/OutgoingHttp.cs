using System.Net;
using System.Net.Sockets;

namespace Worcr.SiloHost.Outgoing;

/// <summary>
/// The silo's client for addresses that users give. It connects to what it has checked: a name is resolved once for a connection, and one of the addresses that the rule
/// allows is taken. It follows no redirect, keeps no cookies, uses no proxy and unpacks nothing.
/// </summary>
internal sealed class OutgoingHttp : IDisposable
{
    private const int HeaderKiB = 16;
    private const int DrainBytes = 64 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2); // so that a name that moves is asked for again
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(50);

    private readonly AddressRule _rule;
    private readonly HttpMessageInvoker _client;

    /// <param name="rule">Which addresses it may connect to.</param>
    /// <param name="trusted">Authorities beside those of the system, or null.</param>
    public OutgoingHttp(AddressRule rule, TrustedAuthorities? trusted = null)
    {
        _rule = rule;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = ConnectAsync,
            MaxResponseHeadersLength = HeaderKiB,
            MaxResponseDrainSize = DrainBytes,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = IdleTimeout,
        };
        if (trusted is not null) handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => trusted.Accepts(certificate, chain, errors);
        _client = new HttpMessageInvoker(handler);
    }

    /// <summary>Sends a request; the answer's body is not read yet. Throws <see cref="HttpRequestException"/>.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) => _client.SendAsync(request, cancel);

    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(ConnectTimeout);
        try
        {
            return await ConnectAsync(context.DnsEndPoint, limit.Token);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"There was no connection within {ConnectTimeout.TotalSeconds} s.", late);
        }
    }

    private async Task<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(to.Host, cancel);
        var allowed = Array.FindAll(addresses, _rule.Allows);
        if (allowed.Length == 0) throw new RefusedAddressException($"{to.Host} has no public address, and WORCR_PUSH_ALLOW allows no other of its addresses.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, to.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
