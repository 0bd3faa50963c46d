using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Worcr.SiloHost.Commands.Bench;
using Worcr.SiloHost.Commands.Demo;
using Worcr.SiloHost.Commands.Enqueue;
using Worcr.SiloHost.Commands.Keys;
using Worcr.SiloHost.Commands.Migrate;
using Worcr.SiloHost.Commands.Rules;
using Worcr.SiloHost.Commands.Serve;
using Worcr.SiloHost.Commands.Simulate;
using Worcr.SiloHost.Commands.Work;

namespace Worcr.SiloHost.Commands;

/// <summary>The command line: builds it, runs one call of it, and turns every failure into one line and an exit code.</summary>
public static class WorcrCli
{
    private const string Examples = """
        worcr demo                                         see it work
        worcr serve
        worcr enqueue email.send '{"to": "a@b.c"}'
        worcr work --type email.send --exec ./send-email
        """;

    /// <summary>Runs one call.</summary>
    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancel = default)
    {
        var parsed = Build(io).Parse(ExecArguments.Separate(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            var path = PathOf(parsed.CommandResult);
            await io.Error.WriteLineAsync($"{path}: {OneLine(parsed.Errors[0].Message)} (see {path} --help)");
            return ExitCodes.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = io.Out,
                Error = io.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancel);
        }
        catch (Exception error)
        {
            var (message, exit) = CommandErrors.Describe(error);
            await io.Error.WriteLineAsync($"worcr: {OneLine(message)}");
            if (io.Environment("WORCR_DEBUG") is "1") await io.Error.WriteLineAsync(error.ToString());
            return exit;
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand Build(CommandIo io)
    {
        var root = new RootCommand("Worcr: background jobs with a smart dispatcher and dumb workers. Without a command: worcr serve.");
        var help = root.Options.OfType<HelpOption>().Single();
        var texts = new CommandHelp((HelpAction)help.Action!);
        help.Action = texts;
        ServeCommand.AddTo(root);
        texts.Add(new CommandDefinition(root, Examples));
        CommandDefinition[] definitions =
        [
            ServeCommand.Define(), DemoCommand.Define(io), EnqueueCommand.Define(io), WorkCommand.Define(io), BenchCommand.Define(io), SimulateCommand.Define(io),
            ApplyCommand.Define(io), ExportCommand.Define(io), MigrateCommand.Define(io), KeyCommand.Define(io),
        ];
        foreach (var definition in definitions)
        {
            root.Add(definition.Command);
            texts.Add(definition);
        }

        root.Add(BenchWorkerCommand.Define(io));
        return root;
    }

    /// <summary>The command as it is called: <c>worcr key create</c>.</summary>
    private static string PathOf(SymbolResult? result) => result switch
    {
        CommandResult { Command: RootCommand } or null => "worcr",
        CommandResult command => $"{PathOf(command.Parent)} {command.Command.Name}",
        _ => PathOf(result.Parent),
    };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();
}
