using System.Text.Json;
using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>What makes a limit's key: a string or an array of strings, and core.</summary>
internal static class LimitKeys
{
    private const string TagPrefix = "tag:";
    private const string ArgsPrefix = "args.";
    private const string Rule = "must be tenant, type, queue, tag:PREFIX, args.PATH or a constant in single quotes";

    /// <summary>The parts, or what is wrong with them.</summary>
    public static Fault? Read(RawJson? document, out IReadOnlyList<LimitKeyPart> parts)
    {
        parts = [];
        if (document is not { } raw) return null;
        using var json = JsonDocument.Parse(raw.Utf8);
        return json.RootElement.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => ReadAll([json.RootElement], _ => "key", ref parts),
            JsonValueKind.Array => ReadAll([.. json.RootElement.EnumerateArray()], i => $"key[{i}]", ref parts),
            JsonValueKind.Object when json.RootElement.TryGetProperty("function", out _) => FieldChecks.NoFunctions("key.function"),
            _ => FieldChecks.Invalid("key", "must be a string or an array of strings"),
        };
    }

    /// <summary>As it is written.</summary>
    public static RawJson? Write(IReadOnlyList<LimitKeyPart> parts) => parts.Count switch
    {
        0 => null,
        1 => new RawJson(JsonSerializer.SerializeToUtf8Bytes(Text(parts[0]))),
        _ => new RawJson(JsonSerializer.SerializeToUtf8Bytes(parts.Select(Text))),
    };

    private static Fault? ReadAll(IReadOnlyList<JsonElement> values, Func<int, string> pathOf, ref IReadOnlyList<LimitKeyPart> parts)
    {
        if (values.Count > WireLimits.KeyParts) return FieldChecks.Invalid("key", $"at most {WireLimits.KeyParts} are taken");
        var read = new List<LimitKeyPart>();
        for (var i = 0; i < values.Count; i++)
        {
            if (ReadOne(values[i]) is not { } part) return FieldChecks.Invalid(pathOf(i), Rule);
            read.Add(part);
        }

        parts = read;
        return null;
    }

    private static LimitKeyPart? ReadOne(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? Parse(value.GetString()!) : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair is no text
        }
    }

    private static LimitKeyPart? Parse(string text) => text switch
    {
        "tenant" => new LimitKeyPart(LimitKeySource.Tenant),
        "type" => new LimitKeyPart(LimitKeySource.Type),
        "queue" => new LimitKeyPart(LimitKeySource.Queue),
        _ when text.StartsWith(TagPrefix, StringComparison.Ordinal) => Named(LimitKeySource.Tag, text[TagPrefix.Length..]),
        _ when text.StartsWith(ArgsPrefix, StringComparison.Ordinal) && RuleMatches.IsPath(text[ArgsPrefix.Length..]) => new LimitKeyPart(LimitKeySource.Args, text[ArgsPrefix.Length..]),
        ['\'', .. var constant, '\''] => Named(LimitKeySource.Constant, constant),
        _ => null,
    };

    private static LimitKeyPart? Named(LimitKeySource from, string text) => Enqueue.TextCache.IsName(text) ? new LimitKeyPart(from, text) : null;

    private static string Text(LimitKeyPart part) => part.From switch
    {
        LimitKeySource.Constant => $"'{part.Text}'",
        LimitKeySource.Tag => TagPrefix + part.Text,
        LimitKeySource.Args => ArgsPrefix + part.Text,
        LimitKeySource.Tenant => "tenant",
        LimitKeySource.Type => "type",
        _ => "queue",
    };
}
