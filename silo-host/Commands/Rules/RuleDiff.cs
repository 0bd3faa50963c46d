using System.Text.Json.Nodes;

namespace Worcr.SiloHost.Commands.Rules;

/// <summary>What a file changes on a server. The server itself says what it would make of each resource, so equal things that are written differently are equal.</summary>
internal sealed class RuleDiff(RuleServer server, RuleSet file)
{
    /// <summary>The changes, in the order in which they are made.</summary>
    /// <param name="prune">Whether what is not in the file goes. Settings never go.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IReadOnlyList<RuleChange>> FindAsync(bool prune, CancellationToken cancel)
    {
        if (await server.ReadAsync(marked: true, cancel) is not { } there) return [.. file.Bodies.Select(rule => new RuleChange(rule.Key, null, rule.Value, []))];
        var changes = new List<RuleChange>();
        foreach (var (key, body) in file.Bodies)
        {
            var (after, warnings) = await server.PreviewAsync(key, body, cancel);
            changes.Add(new RuleChange(key, there.Bodies.GetValueOrDefault(key), after, warnings));
        }

        if (prune) changes.AddRange(there.Bodies.Where(IsLeftOver).Select(rule => new RuleChange(rule.Key, rule.Value, null, [])));
        return [.. changes.Where(change => change.IsReal)];
    }

    private bool IsLeftOver(KeyValuePair<RuleKey, JsonObject> rule) => rule.Key.Name.Length > 0 && !file.Bodies.ContainsKey(rule.Key);
}
