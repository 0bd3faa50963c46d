using System.CommandLine;
using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Rules;

/// <summary><c>worcr export</c>: a server's rules as one document.</summary>
public sealed class ExportCommand
{
    private const string Examples = """
        worcr export > rules.json                  what worcr apply takes; the same rules give the same bytes
        worcr export --namespace a | diff rules.json -
        """;

    private readonly CommandIo _io;
    private readonly ConnectionOptions _connection;

    private ExportCommand(Command command, CommandIo io)
    {
        _io = io;
        _connection = new ConnectionOptions(command, io);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static CommandDefinition Define(CommandIo io)
    {
        var command = new Command("export", "Print the server's rules, limits, schedules, tenants and settings as one JSON document.");
        _ = new ExportCommand(command, io);
        return new CommandDefinition(command, Examples);
    }

    private async Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        using var signals = new Signals(cancel);
        var address = _connection.Read(call);
        using var api = new ApiClient(address);
        var rules = await new RuleServer(api).ReadAsync(marked: false, signals.Stopping) ?? throw new CommandException($"there is no namespace '{address.Namespace}'");
        await _io.Out.WriteLineAsync(rules.Write());
        return ExitCodes.Success;
    }
}
