using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Worcr.Core.Rules;
using Worcr.SiloHost.Gateways.Json;
using Worcr.SiloHost.Hosting;
using Worcr.SiloHost.Outgoing;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>One job on its way to an endpoint.</summary>
/// <param name="Source">The namespace's address on this silo.</param>
/// <param name="Job">The job.</param>
/// <param name="SentAt">When, UTC.</param>
internal sealed record PushMessage(string Source, LeasedJob Job, DateTimeOffset SentAt)
{
    private const string TraceParent = "traceparent";
    private const int TraceParentLength = 55;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>The message's id: the lease, so another one for each attempt, and the same however often the attempt is sent.</summary>
    public string Id { get; } = Job.Lease.ToString();

    /// <summary>The signed request.</summary>
    public HttpRequestMessage For(EndpointRule endpoint)
    {
        var body = new ArrayBufferWriter<byte>();
        LeasedJobWriter.Write(body, Job);
        var seconds = SentAt.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ReadOnlyMemoryContent(body.WrittenMemory) };
        request.Content.Headers.ContentType = Json;
        var headers = request.Headers;
        headers.UserAgent.Add(new ProductInfoHeaderValue("worcr", Silo.Version));
        headers.TryAddWithoutValidation("webhook-id", Id);
        headers.TryAddWithoutValidation("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Of(endpoint.Secret, Id, seconds, body.WrittenSpan));
        headers.TryAddWithoutValidation("worcr-callback", Source + "/worker");
        if (TraceOf(Job.Meta) is { } trace) headers.TryAddWithoutValidation(TraceParent, trace);
        if (endpoint.CloudEvents) CloudEventHeaders.Add(headers, this);
        return request;
    }

    /// <summary>The trace that the producer was in, if meta has one as W3C Trace Context writes it.</summary>
    private static string? TraceOf(byte[]? meta)
    {
        if (meta is null) return null;
        using var json = JsonDocument.Parse(meta);
        if (!json.RootElement.TryGetProperty(TraceParent, out var trace) || trace.ValueKind != JsonValueKind.String) return null;
        var text = trace.GetRawText().Trim('"');
        return IsTrace(text) ? text : null;
    }

    private static bool IsTrace(string text) => text.Length == TraceParentLength && text.All(c => char.IsAsciiHexDigitLower(c) || c == '-');
}
