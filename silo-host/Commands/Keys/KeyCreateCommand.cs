using System.CommandLine;
using System.Security.Cryptography;
using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Keys;

/// <summary><c>worcr key create</c>: prints the key, once, and nothing else to standard output.</summary>
internal sealed class KeyCreateCommand
{
    private const int NameBytes = 4;
    private readonly CommandIo _io;
    private readonly Option<string> _role = new("--role") { Description = "admin, operator, producer, worker or viewer.", HelpName = "ROLE", Required = true };
    private readonly Option<string[]> _namespaces = CommandOptions.Many("--namespace", "A namespace where it is good; may be given several times. Default: all.", "NAME");
    private readonly Option<string?> _name = CommandOptions.Text("--name", "A name for people. Default: the role and 8 random characters.", "NAME");
    private readonly Option<Duration?> _expiresIn = CommandOptions.Duration("--expires-in", "How long it is good. Default: until it is revoked.");
    private readonly KeyDeskOptions _desk;

    private KeyCreateCommand(Command command, CommandIo io)
    {
        _io = io;
        foreach (var option in (Option[])[_role, _namespaces, _name, _expiresIn]) command.Add(option);
        _desk = new KeyDeskOptions(command, io);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static Command Define(CommandIo io)
    {
        var command = new Command("create", "Make a key and print it; it is shown this once.");
        _ = new KeyCreateCommand(command, io);
        return command;
    }

    private async Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        using var signals = new Signals(cancel);
        var role = call.GetValue(_role)!;
        var request = new KeyRequest
        {
            Name = call.GetValue(_name) ?? $"{role}-{RandomNumberGenerator.GetHexString(NameBytes * 2, lowercase: true)}",
            Role = role,
            Namespaces = call.GetValue(_namespaces) is { Length: > 0 } named ? named : null,
            ExpiresIn = call.GetValue(_expiresIn),
        };
        await using var desk = await _desk.OpenAsync(call, signals.Stopping);
        var made = await desk.CreateAsync(request, signals.Stopping);
        _io.Say($"key {made.Name} ({made.Role}, {KeyListCommand.Where(made)}, {KeyListCommand.Until(made)}); it is not shown again:");
        await _io.Out.WriteLineAsync(made.Key);
        return ExitCodes.Success;
    }
}
