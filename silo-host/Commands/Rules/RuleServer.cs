using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Rules;

/// <summary>The resources of a server.</summary>
internal sealed class RuleServer(ApiClient api)
{
    /// <summary>All of them, without figures; null when the namespace is not there.</summary>
    /// <param name="marked">Whether to tell marks, too.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<RuleSet?> ReadAsync(bool marked, CancellationToken cancel)
    {
        var rules = new RuleSet();
        foreach (var section in RuleSection.All)
        {
            var answer = await api.GetAsync(section.Name, cancel);
            if (answer.Status == HttpStatusCode.NotFound && answer.Problem().Path == "namespace") return null;
            var document = Document(answer, section.Name);
            if (section.Name == RuleSection.Settings) rules.Bodies[new RuleKey(section, "")] = BodyOf(section, document, marked);
            else foreach (var item in document["items"]!.AsArray()) rules.Bodies[new RuleKey(section, (string)item!["name"]!)] = BodyOf(section, item.AsObject(), marked);
        }

        return rules;
    }

    /// <summary>What a resource would be, and what the server warns of; nothing changes.</summary>
    public async Task<(JsonObject Body, IReadOnlyList<string> Warnings)> PreviewAsync(RuleKey key, JsonObject body, CancellationToken cancel)
    {
        var document = Document(await api.PutAsync(key.Call + "?dryRun=true", Bytes(body), cancel), key.ToString());
        return (BodyOf(key.Section, document, marked: true), [.. document["warnings"]?.AsArray().Select(w => (string)w!) ?? []]);
    }

    /// <summary>Puts one; the secret that the server made for it, or null.</summary>
    public async Task<string?> PutAsync(RuleKey key, JsonObject body, CancellationToken cancel) =>
        (string?)Document(await api.PutAsync(key.Call, Bytes(body), cancel), key.ToString())["secret"];

    /// <summary>Deletes one; it may be gone already.</summary>
    public async Task DeleteAsync(RuleKey key, CancellationToken cancel)
    {
        var answer = await api.DeleteAsync(key.Call, cancel);
        if (!answer.IsSuccess && answer.Status != HttpStatusCode.NotFound) throw new CommandException($"{key}: {answer.Problem()}");
    }

    private static JsonObject BodyOf(RuleSection section, JsonObject document, bool marked)
    {
        var body = new JsonObject();
        foreach (var field in marked ? section.Fields.Concat(section.Marks) : section.Fields)
        {
            if (document[field] is { } value) body[field] = value.DeepClone();
        }

        return body;
    }

    private static JsonObject Document(ApiAnswer answer, string path)
    {
        if (!answer.IsSuccess) throw new CommandException($"{path}: {answer.Problem()}");
        using var json = answer.Json();
        return JsonObject.Create(json.RootElement.Clone()) ?? throw new CommandException($"{path}: the server's answer is not Worcr's: is this a Worcr server?");
    }

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());
}
