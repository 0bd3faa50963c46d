using System.Net.Http.Headers;

namespace Worcr.SiloHost.Commands.Connection;

/// <summary>The few API calls that commands make, as bytes: what a user gives travels unchanged.</summary>
public sealed class ApiClient : IDisposable
{
    /// <summary>One JSON document.</summary>
    public const string Json = "application/json";

    /// <summary>One JSON document a line.</summary>
    public const string NdJson = "application/x-ndjson";

    private readonly HttpClient _http;
    private readonly ServerAddress _server;

    /// <summary>A client of <paramref name="server"/>.</summary>
    public ApiClient(ServerAddress server)
    {
        _server = server;
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), UseCookies = false, AllowAutoRedirect = false };
        _http = new HttpClient(handler) { BaseAddress = server.Url, Timeout = Timeout.InfiniteTimeSpan };
        if (server.Key is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
    }

    /// <summary>Calls <c>GET /v1/...</c>.</summary>
    public Task<ApiAnswer> GetAsync(string call, CancellationToken cancel) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, _server.Path(call)), cancel);

    /// <summary>Calls <c>POST /v1/...</c>.</summary>
    public Task<ApiAnswer> PostAsync(string call, ReadOnlyMemory<byte> body, string contentType, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, call, body, contentType, cancel);

    /// <summary>Calls <c>PUT /v1/...</c>.</summary>
    public Task<ApiAnswer> PutAsync(string call, ReadOnlyMemory<byte> body, CancellationToken cancel) => SendAsync(HttpMethod.Put, call, body, Json, cancel);

    /// <summary>Calls <c>DELETE /v1/...</c>.</summary>
    public Task<ApiAnswer> DeleteAsync(string call, CancellationToken cancel) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, _server.Path(call)), cancel);

    /// <summary>Calls a path outside the API, such as <c>/readyz</c>.</summary>
    public Task<ApiAnswer> GetRawAsync(string path, CancellationToken cancel) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancel);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private Task<ApiAnswer> SendAsync(HttpMethod method, string call, ReadOnlyMemory<byte> body, string contentType, CancellationToken cancel)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return SendAsync(new HttpRequestMessage(method, _server.Path(call)) { Content = content }, cancel);
    }

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var body = await response.Content.ReadAsByteArrayAsync(cancel);
            return new ApiAnswer(response.StatusCode, body, response.Headers.RetryAfter?.Delta);
        }
    }
}
