using System.CommandLine;
using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Rules;

/// <summary><c>worcr apply</c>: makes a server's rules those of a file.</summary>
public sealed class ApplyCommand
{
    private const string Notes = """
        The file is what worcr export prints: {"weights": {"NAME": {...}}, "routes", "limits", "schedules", "tenants", "types", "pauses",
        "blackholes", "sheds", "endpoints", "settings": {...}}; comments are allowed. All of it is checked by the server before anything changes.
        Each line tells a change: + new, ~ changed (with its fields), - deleted. An expiresIn counts from each apply anew.
        Exit code: 0; with --dry-run 2 when something would change; 1 when something is wrong.
        """;

    private const string Examples = """
        worcr apply -f rules.json --dry-run        what would change, and what the server warns of
        worcr apply -f rules.json
        worcr apply -f rules.json --prune          also delete what the file does not have
        worcr export --namespace a | worcr apply -f - --namespace b
        """;

    private readonly CommandIo _io;
    private readonly ConnectionOptions _connection;
    private readonly Option<string> _file = new("--file", "-f") { Description = "The file; - is standard input.", HelpName = "PATH", Required = true };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would change; exit code 2 when something would." };
    private readonly Option<bool> _prune = new("--prune") { Description = "Delete what is not in the file." };

    private ApplyCommand(Command command, CommandIo io)
    {
        _io = io;
        foreach (var option in (Option[])[_file, _dryRun, _prune]) command.Add(option);
        _connection = new ConnectionOptions(command, io);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static CommandDefinition Define(CommandIo io)
    {
        var command = new Command("apply", "Make the server's rules, limits, schedules, tenants and settings those of a file.");
        _ = new ApplyCommand(command, io);
        return new CommandDefinition(command, Examples, Notes);
    }

    private async Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        using var signals = new Signals(cancel);
        using var api = new ApiClient(_connection.Read(call));
        var server = new RuleServer(api);
        var path = call.GetValue(_file)!;
        var file = RuleSet.Parse(await ReadAsync(path, signals.Stopping), path == "-" ? "standard input" : path);
        var changes = await new RuleDiff(server, file).FindAsync(call.GetValue(_prune), signals.Stopping);
        if (call.GetValue(_dryRun)) return await ShowAsync(changes);
        foreach (var change in changes) await MakeAsync(server, file, change, signals.Stopping);
        _io.Say(changes.Count == 0 ? "nothing to change" : $"applied {changes.Count} change{(changes.Count == 1 ? "" : "s")}");
        return ExitCodes.Success;
    }

    private async Task MakeAsync(RuleServer server, RuleSet file, RuleChange change, CancellationToken cancel)
    {
        string? secret = null;
        if (change.After is null) await server.DeleteAsync(change.Key, cancel);
        else secret = await server.PutAsync(change.Key, file.Bodies[change.Key], cancel);
        await TellAsync(change);
        if (secret is not null) await _io.Out.WriteLineAsync($"  secret, shown only now: {secret}");
    }

    private async Task<int> ShowAsync(IReadOnlyList<RuleChange> changes)
    {
        foreach (var change in changes) await TellAsync(change);
        _io.Say(changes.Count == 0 ? "nothing would change" : $"{changes.Count} change{(changes.Count == 1 ? "" : "s")}, not applied");
        return changes.Count == 0 ? ExitCodes.Success : ExitCodes.Differences;
    }

    private async Task TellAsync(RuleChange change)
    {
        await _io.Out.WriteLineAsync(change.ToString());
        foreach (var warning in change.Warnings) await _io.Out.WriteLineAsync($"  warning: {warning}");
    }

    private async Task<string> ReadAsync(string path, CancellationToken cancel)
    {
        if (path != "-") return await File.ReadAllTextAsync(path, cancel);
        using var reader = new StreamReader(_io.In, leaveOpen: true);
        return await reader.ReadToEndAsync(cancel);
    }
}
