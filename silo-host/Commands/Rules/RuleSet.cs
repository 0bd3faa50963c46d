using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Worcr.SiloHost.Commands.Rules;

/// <summary>All that operators said about a namespace, as one JSON document: section, name, body.</summary>
internal sealed class RuleSet
{
    private static readonly JsonDocumentOptions Reading =
        new() { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What was said, in the order of the document.</summary>
    public SortedDictionary<RuleKey, JsonObject> Bodies { get; } = [];

    /// <summary>Reads a document; <paramref name="source"/> is what errors call it.</summary>
    public static RuleSet Parse(string text, string source)
    {
        try
        {
            var rules = new RuleSet();
            foreach (var (name, content) in ObjectOf(JsonNode.Parse(text, documentOptions: Reading), source)) rules.Add(name, content);
            return rules;
        }
        catch (JsonException error)
        {
            throw CommandException.Usage($"{source} is not valid JSON: {error.Message}");
        }
    }

    /// <summary>Writes the document.</summary>
    public string Write()
    {
        var document = new JsonObject();
        foreach (var (key, body) in Bodies)
        {
            if (key.Name.Length == 0) document[key.Section.Name] = body.DeepClone();
            else if (document[key.Section.Name] is JsonObject section) section[key.Name] = body.DeepClone();
            else document[key.Section.Name] = new JsonObject { [key.Name] = body.DeepClone() };
        }

        return document.ToJsonString(Writing);
    }

    private void Add(string name, JsonNode? content)
    {
        var section = RuleSection.Find(name)
            ?? throw CommandException.Usage($"{name} is no kind of resource: take {string.Join(", ", RuleSection.All.Select(s => s.Name))}");
        if (section.Name == RuleSection.Settings)
        {
            Bodies[new RuleKey(section, "")] = ObjectOf(content, name);
            return;
        }

        foreach (var (key, body) in ObjectOf(content, name))
        {
            if (key.Length == 0) throw CommandException.Usage($"{name}: a name must have 1 character at least");
            Bodies[new RuleKey(section, key)] = ObjectOf(body, $"{name}/{key}");
        }
    }

    private static JsonObject ObjectOf(JsonNode? node, string path) => node as JsonObject ?? throw CommandException.Usage($"{path} must be an object");
}
