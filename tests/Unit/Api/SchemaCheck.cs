using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Worcr.Unit.Api;

/// <summary>As much of JSON Schema as our document uses. Members that a schema does not name are refused: the document has to be complete.</summary>
public sealed class SchemaCheck(JsonNode document)
{
    /// <summary>Checks a value against the schema at a JSON pointer; throws <see cref="SchemaException"/>.</summary>
    public void Check(string pointer, JsonNode? value) => Check(Resolve(pointer), value, "$");

    private void Check(JsonNode schema, JsonNode? value, string at)
    {
        if ((string?)schema["$ref"] is { } reference) schema = Resolve(reference);
        if ((schema["anyOf"] ?? schema["oneOf"])?.AsArray() is { } choices)
        {
            if (!choices.Any(c => Fits(c!, value, at))) throw new SchemaException($"{at}: fits none of {choices.ToJsonString()}");
            return;
        }

        CheckType(schema, value, at);
        CheckBounds(schema, value, at);
        if (value is JsonArray items && schema["items"] is { } item)
        {
            for (var i = 0; i < items.Count; i++) Check(item, items[i], $"{at}[{i}]");
        }

        if (value is JsonObject members && schema["properties"] is JsonObject properties) CheckMembers(schema, members, properties, at);
    }

    private void CheckMembers(JsonNode schema, JsonObject members, JsonObject properties, string at)
    {
        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            if (!members.ContainsKey((string)required!)) throw new SchemaException($"{at}: {required} is missing");
        }

        foreach (var (name, member) in members)
        {
            if (properties[name] is not { } property) throw new SchemaException($"{at}: {name} is not in the document");
            Check(property, member, $"{at}.{name}");
        }
    }

    private static void CheckType(JsonNode schema, JsonNode? value, string at)
    {
        if (schema["type"] is not { } type) return;
        var allowed = type is JsonArray several ? several.Select(t => (string)t!) : [(string)type!];
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        var names = kind switch
        {
            JsonValueKind.Number when value!.ToJsonString().All(c => char.IsAsciiDigit(c) || c == '-') => new[] { "integer", "number" },
            JsonValueKind.Number => ["number"],
            JsonValueKind.True or JsonValueKind.False => ["boolean"],
            _ => [kind.ToString().ToLowerInvariant()],
        };
        if (!allowed.Intersect(names).Any()) throw new SchemaException($"{at}: {value?.ToJsonString() ?? "null"} is not {type.ToJsonString()}");
    }

    private static void CheckBounds(JsonNode schema, JsonNode? value, string at)
    {
        if (value is not JsonValue) return;
        if (schema["enum"] is JsonArray names && !names.Any(n => JsonNode.DeepEquals(n, value))) throw new SchemaException($"{at}: {value} is not one of {names.ToJsonString()}");
        if (value.GetValueKind() == JsonValueKind.Number)
        {
            if (schema["minimum"] is { } least && (double)value < (double)least) throw new SchemaException($"{at}: below {least}");
            if (schema["maximum"] is { } most && (double)value > (double)most) throw new SchemaException($"{at}: above {most}");
        }
        else if (schema["pattern"] is { } pattern && !Regex.IsMatch((string)value!, (string)pattern!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            throw new SchemaException($"{at}: {value} is not like {pattern}");
        }
    }

    private bool Fits(JsonNode schema, JsonNode? value, string at)
    {
        try
        {
            Check(schema, value, at);
            return true;
        }
        catch (SchemaException)
        {
            return false;
        }
    }

    private JsonNode Resolve(string pointer) =>
        pointer.TrimStart('#', '/').Split('/').Select(p => p.Replace("~1", "/", StringComparison.Ordinal)).Aggregate(document, (node, part) =>
            node[part] ?? throw new SchemaException($"{pointer} leads nowhere at {part}"));
}
