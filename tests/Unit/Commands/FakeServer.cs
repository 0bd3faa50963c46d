using System.Net;
using System.Text;

namespace Worcr.Unit.Commands;

/// <summary>An HTTP server that answers as told and keeps what it was asked.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<FakeRequest, FakeAnswer> _answer;
    private readonly Task _serving;

    private FakeServer(HttpListener listener, Uri url, Func<FakeRequest, FakeAnswer> answer)
    {
        _listener = listener;
        _answer = answer;
        Url = url;
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    public List<FakeRequest> Requests { get; } = [];

    public static FakeServer Start(Func<FakeRequest, FakeAnswer> answer)
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        probe.Stop();
        var listener = new HttpListener();
        listener.Prefixes.Add(url.ToString());
        listener.Start();
        return new FakeServer(listener, url, answer);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (_listener.IsListening) await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (HttpListenerException)
        {
            return; // stopped
        }
        catch (ObjectDisposedException)
        {
            return; // stopped
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var request = new FakeRequest(
            context.Request.RawUrl!, context.Request.ContentType, context.Request.Headers["Authorization"], await reader.ReadToEndAsync());
        Requests.Add(request);
        var answer = _answer(request);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        if (answer.RetryAfter is { } seconds) context.Response.Headers["Retry-After"] = $"{seconds}";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
        context.Response.Close();
    }
}
