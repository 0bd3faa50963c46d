using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using Worcr.Protocol.Worker;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>
/// Payloads and results: raw bytes in Workq, JSON in Worcr. A JSON text stays as it is, byte for byte; anything else becomes
/// <c>{"$base64":"..."}</c>, written exactly so. What already looks exactly so is wrapped once more: so every block comes back as it came.
/// </summary>
internal static class WorkqPayload
{
    private static ReadOnlySpan<byte> Head => "{\"$base64\":\""u8;

    private static ReadOnlySpan<byte> Tail => "\"}"u8;

    /// <summary>The JSON that stands for a block.</summary>
    public static byte[] ToJson(byte[] block) => IsJson(block) && Unwrap(block) is null ? block : Wrap(block);

    /// <summary>The block that stands for JSON; nothing for none.</summary>
    public static byte[] FromJson(byte[]? json) => json is null ? [] : Unwrap(json) ?? json;

    private static bool IsJson(ReadOnlySpan<byte> block)
    {
        if (!Utf8.IsValid(block)) return false;
        var reader = new Utf8JsonReader(block, new JsonReaderOptions { MaxDepth = WorkerBounds.PayloadDepth - 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) reader.GetString();
            }

            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false; // InvalidOperationException: half a surrogate pair, escaped
        }
    }

    private static byte[] Wrap(ReadOnlySpan<byte> block)
    {
        var json = new byte[Head.Length + Base64.GetMaxEncodedToUtf8Length(block.Length) + Tail.Length];
        Head.CopyTo(json);
        Base64.EncodeToUtf8(block, json.AsSpan(Head.Length), out _, out var written);
        Tail.CopyTo(json.AsSpan(Head.Length + written));
        return json;
    }

    private static byte[]? Unwrap(ReadOnlySpan<byte> json)
    {
        if (!json.StartsWith(Head) || !json.EndsWith(Tail) || json.Length < Head.Length + Tail.Length) return null;
        var text = json[Head.Length..^Tail.Length];
        if (!Base64.IsValid(text, out var length) || Base64.GetMaxEncodedToUtf8Length(length) != text.Length) return null;
        var block = new byte[length];
        return Base64.DecodeFromUtf8(text, block, out _, out _) == OperationStatus.Done ? block : null;
    }
}
