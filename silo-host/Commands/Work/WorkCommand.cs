using System.CommandLine;
using Worcr.Protocol;
using Worcr.SiloHost.Commands.Connection;
using Worcr.SiloHost.Commands.Processes;

namespace Worcr.SiloHost.Commands.Work;

/// <summary><c>worcr work --exec</c>: any program as a worker.</summary>
public sealed class WorkCommand
{
    private const string Notes = """
        The program gets the job's arguments (JSON) on standard input, and WORCR_JOB_ID, WORCR_TYPE, WORCR_TENANT, WORCR_TAGS, WORCR_ATTEMPT,
        WORCR_LEASE, WORCR_URL and WORCR_CHECKPOINTS (JSON object of what earlier attempts saved; WORCR_CHECKPOINTS_FILE when it is long).
        What it writes to standard output is the result: as it is when it is JSON, else as text; at most 1 MiB. Lines of standard error are
        the job's log. Lines of standard output such as these are taken out:
          ::checkpoint NAME JSON          saves a value for the next attempt
          ::progress NAME DONE TOTAL      shows how far it is
        Exit code 0 completes the job; 75, or an end by SIGTERM, gives it back; any other fails it with the end of standard error.
        An interrupt and the time-out send SIGTERM to the program and all that it started, and SIGKILL after the grace.
        """;

    private const string Examples = """
        worcr work --type thumbnail --slots 4 --exec ./thumbnail.py
        worcr work --type report.build --type report.mail --tag eu --exec php worker.php
        worcr work --type text.count --exec wc -w
        worcr work --type video --timeout 2h --exec sh -c 'jq -r .url | xargs -I{} ffmpeg -i {} out.mp4'
        """;

    private readonly CommandIo _io;
    private readonly Option<string[]> _types = CommandOptions.Many("--type", "A type of jobs to take, * for all; may be given several times.", "TYPE");
    private readonly Option<string[]> _tags = CommandOptions.Many("--tag", "A tag of this worker; may be given several times.", "TAG");
    private readonly Option<string[]> _queues = CommandOptions.Many("--queue", "A queue label to take. Default: all.", "NAME");
    private readonly Option<int?> _slots = CommandOptions.Number("--slots", "How many programs run at once. Default: 1.", 1, 10_000);
    private readonly Option<string?> _name = CommandOptions.Text("--name", "The worker's name, for people. Default: machine and process.", "NAME");
    private readonly Option<Duration?> _timeout = CommandOptions.Duration("--timeout", "Time for one attempt, if shorter than the job's own.");
    private readonly Option<Duration?> _grace = CommandOptions.Duration("--grace", "Time from SIGTERM to SIGKILL. Default: 5s.");
    private readonly Option<Duration?> _drain = CommandOptions.Duration("--drain-timeout", "How long programs may go on after SIGTERM or Ctrl-C. Default: 20s.");
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing of jobs that went well." };
    private readonly Option<bool> _exec = new("--exec") { Description = "CMD ARG...: everything behind it is the program and its arguments.", Arity = ArgumentArity.Zero };
    private readonly Argument<string[]> _program = new("CMD") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
    private readonly ConnectionOptions _connection;

    private WorkCommand(Command command, CommandIo io)
    {
        _io = io;
        foreach (var option in (Option[])[_types, _tags, _queues, _slots, _name, _timeout, _grace, _drain, _quiet]) command.Add(option);
        _connection = new ConnectionOptions(command, io);
        command.Add(_exec);
        command.Add(_program);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static CommandDefinition Define(CommandIo io)
    {
        var command = new Command("work", "Run jobs with any program.");
        _ = new WorkCommand(command, io);
        return new CommandDefinition(command, Examples, Notes);
    }

    private Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        var types = call.GetValue(_types) ?? [];
        if (types.Length == 0) throw CommandException.Usage("work takes at least one --type TYPE, and --exec CMD (see worcr work --help)");
        var program = call.GetValue(_program) ?? [];
        if (program.Length == 0 || !call.GetValue(_exec)) throw CommandException.Usage("work takes --exec CMD, the program to run (see worcr work --help)");
        if (ProgramFiles.Find(program[0]) is null) throw CommandException.Usage($"--exec: there is no program '{program[0]}'");
        var defaults = new WorkSettings { Server = _connection.Read(call), Types = [.. types.Distinct(StringComparer.Ordinal)], Program = program };
        var settings = defaults with
        {
            Tags = call.GetValue(_tags) ?? [],
            Queues = call.GetValue(_queues) ?? [],
            Slots = call.GetValue(_slots) ?? defaults.Slots,
            Name = call.GetValue(_name),
            Timeout = call.GetValue(_timeout)?.ToTimeSpan() ?? defaults.Timeout,
            Grace = call.GetValue(_grace)?.ToTimeSpan() ?? defaults.Grace,
            DrainTimeout = call.GetValue(_drain)?.ToTimeSpan() ?? defaults.DrainTimeout,
            Quiet = call.GetValue(_quiet),
        };
        return new ExecWorker(_io, settings, TimeProvider.System).RunAsync(cancel);
    }
}
