using System.Text.Json;
using System.Text.Unicode;
using Worcr.Protocol;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Json;

/// <summary>
/// Reads an array of reports out of a message, in one pass and without an intermediate form; results are copied as they are.
/// Refuses (<see cref="WorkerCallException"/>) what is out of bounds; members that it does not know are passed over.
/// </summary>
internal ref struct ReportReader(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private LeaseToken _lease;
    private bool _hasLease;
    private ReportOutcome? _outcome;
    private byte[]? _result;
    private JobError? _error;
    private double _ms;
    private bool _untilChildren;

    /// <summary>Reads the array that <paramref name="reader"/> (over the same bytes) stands on.</summary>
    public List<Report> Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw WorkerCallException.Invalid("reports", "An array is expected.");
        var reports = new List<Report>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reports.Count == WorkerBounds.Reports) throw WorkerCallException.TooLarge("reports", "At most 1,000 reports are allowed in a call.");
            reports.Add(ReadOne(ref reader, reports.Count));
        }

        return reports;
    }

    private Report ReadOne(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Invalid(index, "", "An object is expected.");
        (_hasLease, _outcome, _result, _error, _ms, _untilChildren) = (false, null, null, null, -1, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadMember(ref reader, index);
        if (!_hasLease) throw Invalid(index, ".lease", "It is needed.");
        if (_untilChildren && _outcome is not (null or ReportOutcome.Yield)) throw Invalid(index, ".until", "Only a yield can wait.");
        return _outcome switch
        {
            null => throw Invalid(index, ".outcome", "complete, fail or yield is needed."),
            ReportOutcome.Complete => new Report(_lease, ReportOutcome.Complete, _result, null, _ms),
            ReportOutcome.Fail => new Report(_lease, ReportOutcome.Fail, null, _error ?? new JobError("error", ""), _ms),
            var outcome => new Report(_lease, outcome.Value, RunMs: _ms, UntilChildren: _untilChildren),
        };
    }

    private void ReadMember(ref Utf8JsonReader reader, int index)
    {
        if (reader.ValueTextEquals("lease"u8)) ReadLease(ref reader, index);
        else if (reader.ValueTextEquals("outcome"u8)) ReadOutcome(ref reader, index);
        else if (reader.ValueTextEquals("result"u8)) ReadResult(ref reader, index);
        else if (reader.ValueTextEquals("error"u8)) ReadError(ref reader, index);
        else if (reader.ValueTextEquals("ms"u8)) ReadMs(ref reader, index);
        else if (reader.ValueTextEquals("until"u8)) ReadUntil(ref reader, index);
        else reader.Skip();
    }

    private void ReadUntil(ref Utf8JsonReader reader, int index)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return;
        _untilChildren = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("children"u8);
        if (!_untilChildren) throw Invalid(index, ".until", "children is expected.");
    }

    private void ReadLease(ref Utf8JsonReader reader, int index)
    {
        reader.Read();
        Span<char> text = stackalloc char[LeaseToken.MaxLength];
        _hasLease = reader.TokenType == JsonTokenType.String
            && reader.ValueSpan.Length <= text.Length
            && LeaseToken.TryParse(text[..reader.CopyString(text)], out _lease);
        if (!_hasLease) throw Invalid(index, ".lease", "This is no lease.");
    }

    private void ReadOutcome(ref Utf8JsonReader reader, int index)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String) throw Invalid(index, ".outcome", "complete, fail or yield is needed.");
        if (reader.ValueTextEquals("complete"u8)) _outcome = ReportOutcome.Complete;
        else if (reader.ValueTextEquals("fail"u8)) _outcome = ReportOutcome.Fail;
        else if (reader.ValueTextEquals("yield"u8)) _outcome = ReportOutcome.Yield;
        else throw Invalid(index, ".outcome", "complete, fail or yield is needed.");
    }

    private void ReadResult(ref Utf8JsonReader reader, int index)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var raw = _json[start..(int)reader.BytesConsumed];
        if (raw.Length > WorkerBounds.PayloadBytes) throw WorkerCallException.TooLarge($"reports[{index}].result", "A result may have 1 MiB.");
        if (!Utf8.IsValid(raw)) throw Invalid(index, ".result", "This is no UTF-8.");
        _result = raw.ToArray();
    }

    private void ReadMs(ref Utf8JsonReader reader, int index)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out _ms) || !double.IsFinite(_ms) || _ms < 0)
            throw Invalid(index, ".ms", "A number, 0 or more, is expected.");
    }

    private void ReadError(ref Utf8JsonReader reader, int index)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartObject) throw Invalid(index, ".error", "An object is expected.");
        var (code, message, retryAfter, final) = ("error", "", 0L, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("code"u8)) code = Text(ref reader, index, ".error.code", WorkerBounds.NameLength) ?? code;
            else if (reader.ValueTextEquals("message"u8)) message = Text(ref reader, index, ".error.message", WorkerBounds.ErrorMessage) ?? "";
            else if (reader.ValueTextEquals("retryAfter"u8)) retryAfter = Delay(ref reader, index);
            else if (reader.ValueTextEquals("final"u8)) final = Flag(ref reader, index);
            else reader.Skip();
        }

        _error = new JobError(code, message, retryAfter, final);
    }

    private static string? Text(ref Utf8JsonReader reader, int index, string field, int most)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) throw Invalid(index, field, "Text is expected.");
        if (!Utf8.IsValid(reader.ValueSpan)) throw Invalid(index, field, "This is no UTF-8.");
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Invalid(index, field, "This is no Unicode text."); // an escaped lone surrogate
        }

        return text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    private static long Delay(ref Utf8JsonReader reader, int index) =>
        Text(ref reader, index, ".error.retryAfter", WorkerBounds.NameLength) switch
        {
            null => 0,
            var text => Duration.TryParse(text, out var delay) ? delay.Milliseconds : throw Invalid(index, ".error.retryAfter", "This is no duration."),
        };

    private static bool Flag(ref Utf8JsonReader reader, int index)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            _ => throw Invalid(index, ".error.final", "true or false is expected."),
        };
    }

    private static WorkerCallException Invalid(int index, string field, string detail) => WorkerCallException.Invalid($"reports[{index}]{field}", detail);
}
