using System.Text.Json.Nodes;

namespace Worcr.SiloHost.Commands.Rules;

/// <summary>A resource that is not as the file has it.</summary>
/// <param name="Key">Which.</param>
/// <param name="Before">What the server has; null: nothing.</param>
/// <param name="After">What the file makes of it; null: it goes.</param>
/// <param name="Warnings">What the server warns of.</param>
internal sealed record RuleChange(RuleKey Key, JsonObject? Before, JsonObject? After, IReadOnlyList<string> Warnings)
{
    private const int LongestValue = 80;

    /// <summary>Whether there is a difference at all.</summary>
    public bool IsReal => !JsonNode.DeepEquals(Before, After);

    /// <summary><c>+</c>, <c>-</c> or <c>~</c>, the resource, and its changed fields.</summary>
    public override string ToString() => (Before, After) switch
    {
        (null, _) => $"+ {Key}",
        (_, null) => $"- {Key}",
        _ => $"~ {Key}  {string.Join("; ", Key.Section.Fields.Concat(Key.Section.Marks).Select(Field).OfType<string>())}",
    };

    private string? Field(string name)
    {
        var (before, after) = (Before![name], After![name]);
        return JsonNode.DeepEquals(before, after) ? null : $"{name}: {Show(before)} -> {Show(after)}";
    }

    private static string Show(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "none";
        return text.Length <= LongestValue ? text : text[..(LongestValue - 3)] + "...";
    }
}
