using System.CommandLine;

namespace Worcr.SiloHost.Commands.Keys;

/// <summary><c>worcr key revoke NAME</c></summary>
internal sealed class KeyRevokeCommand
{
    private readonly CommandIo _io;
    private readonly Argument<string> _name = new("NAME") { Description = "The key's name." };
    private readonly KeyDeskOptions _desk;

    private KeyRevokeCommand(Command command, CommandIo io)
    {
        _io = io;
        CommandOptions.RefuseOptionsIn(_name);
        command.Add(_name);
        _desk = new KeyDeskOptions(command, io);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static Command Define(CommandIo io)
    {
        var command = new Command("revoke", "Revoke a key, and with it the tokens it asked for and the connections it opened.");
        _ = new KeyRevokeCommand(command, io);
        return command;
    }

    private async Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        using var signals = new Signals(cancel);
        var name = call.GetValue(_name)!;
        await using var desk = await _desk.OpenAsync(call, signals.Stopping);
        await desk.RevokeAsync(name, signals.Stopping);
        _io.Say($"key {name} is revoked");
        return ExitCodes.Success;
    }
}
