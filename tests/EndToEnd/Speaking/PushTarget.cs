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
    public string Url => _app.Urls.First() + "/run";

    /// <summary>Requests that came and were not asked for by the test.</summary>
    public int Unread => _requests.Reader.Count;

    public static async Task<PushTarget> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
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
