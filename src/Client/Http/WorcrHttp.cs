using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.Client.Http;

/// <summary>Sends requests, again when that is safe and useful.</summary>
internal sealed class WorcrHttp : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private readonly WorcrClientOptions _options;
    private readonly HttpMessageInvoker _http;
    private readonly Credential _credential;
    private readonly string _root;

    public WorcrHttp(WorcrClientOptions options)
    {
        _options = options;
        _http = new HttpMessageInvoker(options.Http ?? NewHandler(), disposeHandler: options.Http is null);
        _credential = new Credential(options.Key, options.KeySource, options.TimeProvider);
        var scope = options.Namespace == "default" ? "/v1" : "/v1/ns/" + Uri.EscapeDataString(options.Namespace);
        _root = options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/') + scope;
    }

    /// <summary>Enqueues the jobs of an array.</summary>
    public async Task<EnqueuedJob[]> EnqueueAsync(ReadOnlyMemory<byte> body, int count, bool isIdempotent, CancellationToken cancel)
    {
        var call = new HttpCall(HttpMethod.Post, "/jobs", body, isIdempotent);
        var answer = await SendAsync(call, cancel).ConfigureAwait(false);
        try
        {
            return EnqueueAnswers.Read(answer.Body, count);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new WorcrException((int)answer.Status, WorcrException.UnknownCode, $"The server's answer cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Sends a call until it is answered with success or refused for good.</summary>
    public async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancel)
    {
        for (var tries = 0; ; tries++)
        {
            WorcrException error;
            try
            {
                return await SendKeyedAsync(call, cancel).ConfigureAwait(false);
            }
            catch (WorcrException e) when (tries < _options.Retries && IsWorthAnotherTry(e, call))
            {
                error = e;
            }

            await Task.Delay(Pause(error, tries), _options.TimeProvider, cancel).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _credential.Dispose();
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
    };

    private static bool IsWorthAnotherTry(WorcrException error, HttpCall call) => error.Code switch
    {
        WorcrException.UnreachableCode => true, // nothing was sent
        "overloaded" or "draining" => true, // nothing took effect
        _ => call.IsIdempotent && (error.Status is 0 or 502 or 503 or 504 or 408),
    };

    [SuppressMessage("Security", "CA5394", Justification = "Jitter needs no secrecy.")]
    private TimeSpan Pause(WorcrException error, int tries)
    {
        var pause = FirstDelay * Math.Pow(2, Math.Min(tries, 16)) * (0.5 + Random.Shared.NextDouble());
        if (error.RetryAfter > pause) pause = error.RetryAfter.Value * (1 + (Random.Shared.NextDouble() / 10));
        return pause < _options.MaxRetryDelay ? pause : _options.MaxRetryDelay;
    }

    /// <summary>A key that is good no more is replaced once; a 401 says that nothing took effect.</summary>
    private async Task<HttpAnswer> SendKeyedAsync(HttpCall call, CancellationToken cancel)
    {
        var key = await _credential.GetAsync(cancel).ConfigureAwait(false);
        try
        {
            return await SendOnceAsync(call, key, cancel).ConfigureAwait(false);
        }
        catch (WorcrException e) when (e.Status == (int)HttpStatusCode.Unauthorized && _credential.CanRenew)
        {
            var another = await _credential.RenewAsync(key, cancel).ConfigureAwait(false);
            if (another == key) throw;
            return await SendOnceAsync(call, another, cancel).ConfigureAwait(false);
        }
    }

    private async Task<HttpAnswer> SendOnceAsync(HttpCall call, string? key, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(call.Method, _root + call.Path);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (!call.Body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(call.Body);
            request.Content.Headers.ContentType = Json;
        }

        using var limit = new CancellationTokenSource(_options.Timeout + call.Wait, _options.TimeProvider);
        await using var user = cancel.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return new HttpAnswer(response.StatusCode, body);
            throw Refusal(response, body);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            throw new WorcrException(0, WorcrException.UnreachableCode, $"{_options.Url} cannot be reached: {e.Message}", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new WorcrException(0, WorcrException.UnknownCode, $"The connection to {_options.Url} broke: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new WorcrException(0, WorcrException.UnknownCode, $"{_options.Url} did not answer in time.", e);
        }
    }

    private WorcrException Refusal(HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        var problem = Problem(body);
        return new WorcrException(status, problem?.Code ?? "http_" + status.ToString(CultureInfo.InvariantCulture), problem?.Detail ?? problem?.Title ?? response.ReasonPhrase ?? "")
        {
            Errors = problem?.Errors ?? [],
            RetryAfter = response.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } => date - _options.TimeProvider.GetUtcNow(),
                _ => null,
            },
        };
    }

    private static Problem? Problem(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ProtocolJson.Default.Problem);
        }
        catch (JsonException)
        {
            return null; // not ours: a proxy's, perhaps
        }
    }
}
