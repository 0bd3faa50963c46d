using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>What a job of a new batch says besides being a job.</summary>
/// <param name="Name">Its name inside the batch, or null.</param>
/// <param name="After">Names of the jobs that have to succeed before it.</param>
internal sealed record BatchMember(string? Name, IReadOnlyList<string> After)
{
    /// <summary>Whether a field is one of them.</summary>
    public static bool IsField(ReadOnlySpan<byte> name) => name.SequenceEqual("name"u8) || name.SequenceEqual("after"u8);

    /// <summary>Reads it from a job that is well-formed JSON.</summary>
    public static BatchMember? Read(ReadOnlyMemory<byte> job, out Fault? fault)
    {
        using var document = JsonDocument.Parse(job, new JsonDocumentOptions { MaxDepth = WireLimits.Depth });
        var root = document.RootElement;
        string? name = null;
        List<string> after = [];
        fault = null;
        if (root.TryGetProperty("name", out var given) && !TryName(given, out name)) fault = FieldChecks.Invalid("name", FieldChecks.NameRule);
        if (!root.TryGetProperty("after", out var list) || list.ValueKind == JsonValueKind.Null) return new BatchMember(name, after);
        if (list.ValueKind != JsonValueKind.Array)
        {
            fault = FieldChecks.Invalid("after", "must be an array of names");
            return null;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (TryName(item, out var before) && before is not null) after.Add(before);
            else fault = FieldChecks.Invalid($"after[{after.Count}]", FieldChecks.NameRule);
            if (fault is not null) return null;
        }

        return new BatchMember(name, after);
    }

    private static bool TryName(JsonElement value, out string? name)
    {
        name = null;
        if (value.ValueKind == JsonValueKind.Null) return true;
        if (value.ValueKind != JsonValueKind.String) return false;
        try
        {
            name = value.GetString();
        }
        catch (InvalidOperationException)
        {
            return false; // half a surrogate pair
        }

        return TextCache.IsName(name!);
    }
}
