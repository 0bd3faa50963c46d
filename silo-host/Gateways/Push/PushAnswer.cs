using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Worcr.Protocol.Worker;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>What an endpoint's answer means. docs/endpoints.md has the table.</summary>
internal static class PushAnswer
{
    private const string FinalHeader = "worcr-final";
    private const int ExcerptBytes = 2_048;
    private const int ExcerptCharacters = 1_000;
    private const string TooLarge = "The result is larger than 1 MiB.";

    /// <summary>Reads an answer; no more of its body than can be kept.</summary>
    public static async Task<PushOutcome> ReadAsync(HttpResponseMessage answer, DateTimeOffset now, CancellationToken cancel)
    {
        if (answer.StatusCode == HttpStatusCode.Accepted) return PushOutcome.GoesOn;
        await using var content = await answer.Content.ReadAsStreamAsync(cancel);
        if (!answer.IsSuccessStatusCode) return FailureOf(answer, Excerpt(await ReadAsync(content, ExcerptBytes, cancel)), now);
        var body = await ReadAsync(content, WorkerBounds.PayloadBytes + 1, cancel);
        return body.Length > WorkerBounds.PayloadBytes ? Unusable(TooLarge) : ResultOf(body);
    }

    /// <summary>A result is JSON; text that is not JSON is a JSON string. What cannot be kept is final: the work was done, and would only be done again.</summary>
    private static PushOutcome ResultOf(ReadOnlyMemory<byte> body)
    {
        var text = Trimmed(body);
        if (text.IsEmpty) return PushOutcome.Done(null);
        if (!Utf8.IsValid(text.Span)) return Unusable("The result is neither JSON nor UTF-8 text.");
        if (IsJson(text.Span)) return PushOutcome.Done(text.ToArray());
        var quoted = JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(text.Span));
        return quoted.Length > WorkerBounds.PayloadBytes ? Unusable(TooLarge) : PushOutcome.Done(quoted);
    }

    private static PushOutcome FailureOf(HttpResponseMessage answer, string excerpt, DateTimeOffset now)
    {
        var code = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        var wait = RetryAfter.MsOf(answer.Headers, now);
        var isFull = answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
        var isAway = isFull || answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
        var isFinal = answer.Headers.TryGetValues(FinalHeader, out var said) && said.Contains("true", StringComparer.OrdinalIgnoreCase);
        return new PushOutcome(PushVerdict.Failed, isAway ? PushSignal.Trouble : PushSignal.Alive)
        {
            Error = new JobError(code, $"The endpoint answered {code}{(excerpt.Length == 0 ? "." : ": " + excerpt)}", wait, isFinal),
            RestMs = isFull ? wait : 0,
        };
    }

    private static PushOutcome Unusable(string why) => PushOutcome.Failed(PushSignal.Alive, PushOutcome.BadAnswer, why, final: true);

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream content, int most, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = new byte[Math.Min(most, 16 * 1024)];
        while (body.Length < most)
        {
            var count = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most - body.Length)), cancel);
            if (count == 0) break;
            body.Write(buffer.AsSpan(0, count));
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static ReadOnlyMemory<byte> Trimmed(ReadOnlyMemory<byte> body) =>
        (body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body).Trim(" \t\r\n"u8);

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = WorkerBounds.PayloadDepth });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Excerpt(ReadOnlyMemory<byte> body)
    {
        var text = new StringBuilder(ExcerptCharacters);
        foreach (var rune in Encoding.UTF8.GetString(body.Span).EnumerateRunes())
        {
            if (text.Length >= ExcerptCharacters) break;
            if (Rune.IsControl(rune)) text.Append(' ');
            else text.Append(rune.ToString());
        }

        return text.ToString().Trim();
    }
}
