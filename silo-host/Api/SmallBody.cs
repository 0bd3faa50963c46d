using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>Reads the bodies of everything but enqueues: one JSON object, strictly (<see cref="StrictProtocolJson"/>).</summary>
internal static class SmallBody
{
    /// <summary>The value, or what is wrong with the body.</summary>
    public static async ValueTask<(T? Value, Fault? Fault)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (!MediaType.Is(context.Request.ContentType, Answers.Json))
            return (null, new Fault(ErrorCodes.UnsupportedMediaType, "Send application/json."));
        using var body = await RequestBody.ReadAsync(context);
        if (body.Span.IsEmpty) return (null, new Fault(ErrorCodes.InvalidJson, "The body is empty."));
        if (!Utf8.IsValid(body.Span)) return (null, new Fault(ErrorCodes.InvalidJson, "The body is not valid UTF-8."));
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) is { } value
                ? (value, null)
                : (null, new Fault(ErrorCodes.InvalidJson, "The body must be an object."));
        }
        catch (JsonException error)
        {
            return (null, Explain(error));
        }
    }

    /// <summary>What is wrong with a document that was not taken.</summary>
    internal static Fault Explain(JsonException error)
    {
        if (error.InnerException is JsonException)
            return new Fault(ErrorCodes.InvalidJson, $"Line {error.LineNumber + 1}, byte {error.BytePositionInLine}: this is not valid JSON.");
        var path = error.Path?.TrimStart('$', '.') ?? "";
        if (error.Message.Contains("could not be mapped", StringComparison.Ordinal)) return new Fault(ErrorCodes.UnknownField, "is not known here", path);
        if (error.Message.Contains("Duplicate property", StringComparison.Ordinal)) return new Fault(ErrorCodes.InvalidField, "is there twice", path);
        return MissingOf(error.Message) is { } missing
            ? new Fault(ErrorCodes.InvalidField, "is required", path.Length == 0 ? missing : $"{path}.{missing}")
            : new Fault(ErrorCodes.InvalidField, "has a wrong type or is not complete", path);
    }

    /// <summary>The first of the members that a message says are missing: <c>... missing required properties including: 'match', 'factor'.</c></summary>
    private static string? MissingOf(string message)
    {
        var at = message.IndexOf("required properties", StringComparison.Ordinal);
        return at < 0 ? null : message[at..].Split('\'', 3) is [_, { } name, ..] ? name : null;
    }
}
