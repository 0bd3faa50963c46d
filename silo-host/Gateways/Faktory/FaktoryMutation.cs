using System.Text.Json;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What MUTATE asks for.</summary>
/// <param name="Target">The state of the jobs that are meant.</param>
/// <param name="Command"><c>clear</c>, <c>kill</c>, <c>discard</c> or <c>requeue</c>.</param>
/// <param name="Jids">Exactly these; empty: see the others.</param>
/// <param name="Type">Only of this type; null: any.</param>
/// <param name="Glob">Only those whose JSON text is like this; null: any.</param>
internal sealed record FaktoryMutation(JobState Target, string Command, IReadOnlyList<string> Jids, string? Type, FaktoryGlob? Glob)
{
    /// <summary>Reads the argument of MUTATE.</summary>
    public static FaktoryMutation Read(ReadOnlyMemory<byte> argument)
    {
        using var document = FaktoryJson.ParseObject(argument);
        var json = document.RootElement;
        var command = json.Text("cmd");
        if (command is not ("clear" or "kill" or "discard" or "requeue")) throw new FaktoryException("unknown mutate operation");
        var target = json.Text("target") switch
        {
            "scheduled" => JobState.Scheduled,
            "retries" => JobState.Retry,
            "dead" => JobState.Dead,
            _ => throw new FaktoryException("invalid target for mutation command"),
        };
        if (command == "clear" || !json.TryGet("filter", out var filter)) return new FaktoryMutation(target, command, [], null, null);
        if (filter.ValueKind != JsonValueKind.Object) throw FaktoryException.Json("filter must be an object");
        return new FaktoryMutation(
            target,
            command,
            filter.Texts("jids"),
            filter.Text("jobtype") is { Length: > 0 } type ? type : null,
            filter.Text("regexp") is { Length: > 0 } glob ? new FaktoryGlob(glob) : null);
    }
}
