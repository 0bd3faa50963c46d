using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>Values of one kind each, with their bounds.</summary>
internal ref partial struct JobParser
{
    /// <summary>Enough for every name, duration, time and keyword, escaped or not.</summary>
    private const int ScratchBytes = 256;

    private const int MaxEscapedBytesOfChar = 6;

    /// <summary>The token's text: where it stands, or unescaped into <paramref name="scratch"/>; empty when escaped text does not fit or has half a surrogate pair.</summary>
    private readonly ReadOnlySpan<byte> Text(Span<byte> scratch)
    {
        if (!_json.ValueIsEscaped) return _json.ValueSpan;
        if (_json.ValueSpan.Length > scratch.Length) return default;
        try
        {
            return scratch[.._json.CopyString(scratch)];
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    private bool ReadName(string path, out TextEntry? entry, int index = -1)
    {
        entry = null;
        if (_json.TokenType != JsonTokenType.String) return FailType(At(path, index), "a string");
        if (!_json.ValueIsEscaped) entry = _caches.Texts.Find(_json.ValueSpan);
        else if (TryUnescape(WireLimits.NameLength, out var text)) entry = _caches.Texts.Find(Encoding.UTF8.GetBytes(text));
        return entry is not null || Fail(At(path, index), $"must have 1 to {WireLimits.NameLength} characters, no control characters among them");
    }

    private bool ReadString(string path, int maxLength, out string? text)
    {
        text = null;
        if (_json.TokenType != JsonTokenType.String) return FailType(path, "a string");
        if (TryUnescape(maxLength, out text) && text.Length >= 1 && text.Length <= maxLength && !text.Any(char.IsControl)) return true;
        return Fail(path, $"must have 1 to {maxLength} characters, no control characters among them");
    }

    private readonly bool TryUnescape(int maxLength, out string text)
    {
        text = "";
        if (_json.ValueSpan.Length > maxLength * MaxEscapedBytesOfChar) return false;
        try
        {
            text = _json.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private readonly bool TryGuid(out Guid id)
    {
        Span<byte> scratch = stackalloc byte[ScratchBytes];
        var text = Text(scratch);
        return Utf8Parser.TryParse(text, out id, out var used, 'D') && used == text.Length;
    }

    private bool ReadNumber(string path, double min, double max, out double value)
    {
        value = 0;
        if (_json.TokenType != JsonTokenType.Number) return FailType(path, "a number");
        return (_json.TryGetDouble(out value) && value >= min && value <= max) || Fail(path, FormattableString.Invariant($"must be from {min:0.######} to {max:0}"));
    }

    private bool ReadInteger(string path, int min, int max, out int value)
    {
        value = 0;
        if (_json.TokenType != JsonTokenType.Number) return FailType(path, "a whole number");
        return (_json.TryGetInt32(out value) && value >= min && value <= max) || Fail(path, $"must be a whole number from {min} to {max}");
    }

    private bool ReadDuration(string path, long minMs, out long value)
    {
        Span<byte> scratch = stackalloc byte[ScratchBytes];
        value = 0;
        if (_json.TokenType != JsonTokenType.String || !Duration.TryParse(Text(scratch), out var duration))
            return Fail(path, "must be a duration of at most 3650d, such as \"250ms\", \"30s\", \"5m\", \"12h\" or \"7d\"");
        value = duration.Milliseconds;
        return value >= minMs || Fail(path, "must be longer than nothing");
    }

    /// <summary>An RFC 3339 time, from 1970 to ten years from now.</summary>
    private bool ReadTime(string path, out long value)
    {
        Span<byte> scratch = stackalloc byte[ScratchBytes];
        value = 0;
        if (_json.TokenType != JsonTokenType.String || !WireTime.TryParse(Text(scratch), out var time))
            return Fail(path, "must be an RFC 3339 time such as \"2026-12-01T00:00:00Z\"");
        value = time.ToUnixTimeMilliseconds();
        return (value >= 0 && value <= _now + Duration.Max.Milliseconds) || Fail(path, "must not be before 1970 nor more than ten years ahead");
    }

    private static string At(string path, int index) => index < 0 ? path : $"{path}[{index}]";
}
