using System.CommandLine;
using System.Text.Json;
using Worcr.Protocol;
using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary><c>worcr enqueue</c>: one job from the command line, or a file of jobs of any size.</summary>
public sealed class EnqueueCommand
{
    private const string Examples = """
        worcr enqueue email.send '{"to": "a@b.c"}' --tenant acme --tag premium --weight 10
        worcr enqueue report.build --in 5m --unique report-42 --max-attempts 3
        worcr enqueue image.resize "$(cat args.json)" --wait 30s     prints the result
        worcr enqueue email.send - < args.json                       arguments from standard input
        worcr enqueue --file jobs.ndjson                             a job a line: {"type": "email.send", "args": {...}}
        zcat jobs.ndjson.gz | worcr enqueue --file -
        """;

    private readonly CommandIo _io;
    private readonly Argument<string?> _type = new("TYPE") { Description = "The kind of work, such as email.send.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _args = new("ARGS-JSON") { Description = "Arguments, JSON; - reads standard input.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _file = CommandOptions.Text("--file", "A file with one job a line (NDJSON), of any size; - is standard input.", "PATH");
    private readonly Option<bool> _skipBad = new("--skip-bad") { Description = "With --file: report lines that are no jobs and go on." };
    private readonly Option<int?> _fromLine = CommandOptions.Number("--from-line", "With --file: start at this line.", 1, int.MaxValue);
    private readonly Option<Duration?> _wait = CommandOptions.Duration("--wait", "Wait so long for the job to finish, and print its result.");
    private readonly Option<bool> _json = new("--json") { Description = "Print the server's whole answer." };
    private readonly JobFieldOptions _fields;
    private readonly ConnectionOptions _connection;

    private EnqueueCommand(Command command, CommandIo io)
    {
        _io = io;
        CommandOptions.RefuseOptionsIn(_type);
        CommandOptions.RefuseOptionsIn(_args);
        command.Add(_type);
        command.Add(_args);
        foreach (var option in (Option[])[_file, _skipBad, _fromLine, _wait, _json]) command.Add(option);
        _fields = new JobFieldOptions(command);
        _connection = new ConnectionOptions(command, io);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static CommandDefinition Define(CommandIo io)
    {
        var command = new Command("enqueue", "Enqueue one job, or a file of jobs.");
        _ = new EnqueueCommand(command, io);
        return new CommandDefinition(command, Examples);
    }

    private async Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        using var signals = new Signals(cancel);
        using var api = new ApiClient(_connection.Read(call));
        if (call.GetValue(_file) is { } path) return await RunFileAsync(call, api, path, signals.Stopping);
        var type = call.GetValue(_type) ?? throw CommandException.Usage("enqueue takes a TYPE or --file PATH (see worcr enqueue --help)");
        if (call.GetValue(_skipBad) || call.GetValue(_fromLine) is not null) throw CommandException.Usage("--skip-bad and --from-line go with --file");
        var fields = _fields.Read(call, type, await ArgsAsync(call.GetValue(_args), signals.Stopping));
        return await new SingleEnqueue(_io, api).RunAsync(fields, call.GetValue(_wait), call.GetValue(_json), signals.Stopping);
    }

    private async Task<int> RunFileAsync(ParseResult call, ApiClient api, string path, CancellationToken cancel)
    {
        var other = call.GetValue(_type) is not null ? "a TYPE" : call.GetValue(_wait) is not null ? "--wait" : _fields.FirstGiven(call);
        if (other is not null) throw CommandException.Usage($"--file takes everything from the file: leave {other} out");
        var run = new FileEnqueueRun(_io, api, path)
        {
            SkipBad = call.GetValue(_skipBad),
            SkipLines = (call.GetValue(_fromLine) ?? 1) - 1,
        };
        return await run.RunAsync(cancel);
    }

    private async Task<string?> ArgsAsync(string? text, CancellationToken cancel)
    {
        if (text is null) return null;
        if (text == "-")
        {
            using var reader = new StreamReader(_io.In, leaveOpen: true);
            text = await reader.ReadToEndAsync(cancel);
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException error)
        {
            throw CommandException.Usage($"ARGS-JSON is not JSON at byte {(error.BytePositionInLine ?? 0) + 1} (quote it: '{{\"to\": \"a@b.c\"}}')");
        }
    }
}
