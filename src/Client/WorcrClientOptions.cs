using System.Text.Json;

namespace Worcr.Client;

/// <summary>How a client talks to the server.</summary>
public sealed class WorcrClientOptions
{
    /// <summary>Address of the server. Default: <c>http://127.0.0.1:9672</c>.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1:9672");

    /// <summary>An API key. Default: none.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// Gives the key, in place of <see cref="Key"/>: for short-lived tokens. Asked before the first call, shortly before a token ends that says when it does (a JSON Web Token), and after
    /// a 401, on which the call is made once more; calls at the same time ask once. What it throws is thrown by the call. Default: none.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? KeySource { get; set; }

    /// <summary>The namespace. Default: <c>default</c>.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>
    /// Whether the client gives each job an id of its own (UUID version 7), so that an enqueue whose outcome is not known can be, and is, tried
    /// again. Costs the server a little more. Default: false.
    /// </summary>
    public bool Idempotent { get; set; }

    /// <summary>How often a call is tried again when the server is at capacity or away. Default: 5.</summary>
    public int Retries { get; set; } = 5;

    /// <summary>The longest pause before a call is tried again, also when the server asks for a longer one. Default: 30 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one try may take, beside the time that the call itself asks to wait. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Enqueue requests that are under way at once; what is enqueued meanwhile goes together in the next one. Default: 2.</summary>
    public int EnqueuesUnderWay { get; set; } = 2;

    /// <summary>Most jobs in one request, 1 to 10,000. Default: 5,000.</summary>
    public int BatchSize { get; set; } = 5_000;

    /// <summary>How arguments and results are read and written. Default: camelCase, as <see cref="JsonSerializerOptions.Web"/>.</summary>
    public JsonSerializerOptions Json { get; set; } = JsonSerializerOptions.Web;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>What requests are sent with; not disposed of by the client. Default: a handler of its own.</summary>
    public HttpMessageHandler? Http { get; set; }

    internal void Validate()
    {
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https")) throw new InvalidOperationException("Url must be an http or https address.");
        if (string.IsNullOrEmpty(Namespace)) throw new InvalidOperationException("Namespace must not be empty.");
        if (Key is not null && KeySource is not null) throw new InvalidOperationException("Key and KeySource cannot both be given.");
        if (Retries < 0) throw new InvalidOperationException("Retries must not be negative.");
        if (Timeout <= TimeSpan.Zero) throw new InvalidOperationException("Timeout must be positive.");
        if (EnqueuesUnderWay is < 1 or > 64) throw new InvalidOperationException("EnqueuesUnderWay must be 1 to 64.");
        if (BatchSize is < 1 or > Protocol.WireLimits.JobsPerRequest) throw new InvalidOperationException("BatchSize must be 1 to 10,000.");
    }
}
