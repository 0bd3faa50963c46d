using System.Text.Json;

namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>Judges one line of a file of jobs.</summary>
public static class JobLine
{
    /// <summary>Why the line is no job, or null when it is one. Fields beyond <c>type</c> are judged by the server.</summary>
    public static string? Fault(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject) return $"not a JSON object but {Name(json.TokenType)}";
            var type = false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isType = json.ValueTextEquals("type"u8);
                json.Read();
                if (isType && json.TokenType != JsonTokenType.String) return "\"type\" is not a string";
                type |= isType;
                json.Skip();
            }

            json.Read();
            return type ? null : "no \"type\"";
        }
        catch (JsonException error)
        {
            return $"not JSON at byte {(error.BytePositionInLine ?? 0) + 1}: {Reason(error.Message)}";
        }
    }

    private static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        _ => "a literal",
    };

    private static string Reason(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }
}
