using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Worcr.EndToEnd.Speaking;

/// <summary>An endpoint that a silo sends jobs to: an HTTP server of which a test answers every request by hand.</summary>
internal sealed class PushTarget : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Pushed> _requests = Channel.CreateUnbounded<Pushed>();

    private PushTarget(WebApplication app) => _app = app;

    /// <summary>Its address, with a path.</summary>
    public string Url => _app.Urls.First().Replace("https://127.0.0.1", "https://localhost", StringComparison.Ordinal) + "/run";

    /// <summary>Requests that came and were not asked for by the test.</summary>
    public int Unread => _requests.Reader.Count;

    /// <param name="certificate">With it the target speaks TLS, as localhost.</param>
    public static async Task<PushTarget> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var target = new PushTarget(builder.Build());
        target._app.Run(target.TakeAsync);
        await target._app.StartAsync();
        return target;
    }

    /// <summary>The next request.</summary>
    public Task<Pushed> NextAsync() => _requests.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().OrSay("the endpoint was sent nothing");

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var pushed = new Pushed(context, body.ToArray());
        _requests.Writer.TryWrite(pushed);
        await pushed.RunAsync();
    }
}
