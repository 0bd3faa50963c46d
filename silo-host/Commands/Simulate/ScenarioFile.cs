using System.Text.Json;
using System.Text.Json.Nodes;
using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Commands.Simulate;

/// <summary>A scenario in a file, in which comments are allowed.</summary>
internal static class ScenarioFile
{
    private static readonly JsonDocumentOptions Reading =
        new() { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads it; <paramref name="source"/> is what errors call it.</summary>
    public static SimulationRequest Parse(string text, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(WithoutComments(text), StrictProtocolJson.Default.SimulationRequest)
                ?? throw CommandException.Usage($"{source} must be an object");
        }
        catch (JsonException error)
        {
            var fault = SmallBody.Explain(error);
            throw CommandException.Usage(fault.Path is { Length: > 0 } path ? $"{path}: {fault.Detail}" : $"{source} is not valid JSON: {error.Message}");
        }
    }

    /// <summary>The same scenario as a server takes it.</summary>
    public static string WithoutComments(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Reading)?.ToJsonString() ?? "null";
        }
        catch (JsonException error)
        {
            throw CommandException.Usage($"the scenario is not valid JSON: {error.Message}");
        }
    }
}
