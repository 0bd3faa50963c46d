using System.CommandLine;
using System.Globalization;
using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Keys;

/// <summary><c>worcr key list</c>: one line a key.</summary>
internal sealed class KeyListCommand
{
    private readonly CommandIo _io;
    private readonly KeyDeskOptions _desk;

    private KeyListCommand(Command command, CommandIo io)
    {
        _io = io;
        _desk = new KeyDeskOptions(command, io);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static Command Define(CommandIo io)
    {
        var command = new Command("list", "List the keys: name, role, namespaces, first characters, when made, until when good; separated by tabs.");
        _ = new KeyListCommand(command, io);
        return command;
    }

    /// <summary>Where a key is good.</summary>
    public static string Where(KeyDocument key) => key.Namespaces is { } named ? string.Join(',', named) : "all namespaces";

    /// <summary>Until when it is good.</summary>
    public static string Until(KeyDocument key) => key.ExpiresAt is { } end ? $"until {Time(end)}" : "until revoked";

    private async Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        using var signals = new Signals(cancel);
        await using var desk = await _desk.OpenAsync(call, signals.Stopping);
        foreach (var key in await desk.ListAsync(signals.Stopping))
            await _io.Out.WriteLineAsync(string.Join('\t', key.Name, key.Role, Where(key), key.Prefix, Time(key.CreatedAt), Until(key)));
        return ExitCodes.Success;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
