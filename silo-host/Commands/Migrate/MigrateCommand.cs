using System.CommandLine;
using Worcr.SiloHost.Hosting;
using Worcr.Store;

namespace Worcr.SiloHost.Commands.Migrate;

/// <summary><c>worcr migrate</c>: brings the schema up to date, ahead of the silos of a new version.</summary>
public sealed class MigrateCommand
{
    private const string Examples = """
        worcr migrate                                                the database that worcr serve would use
        worcr migrate --database-url postgres://worcr:secret@db/worcr
        """;

    private readonly CommandIo _io;
    private readonly Option<string?> _databaseUrl = new("--database-url", "--DATABASE_URL")
    {
        Description = "Default: $DATABASE_URL, else the file under ./worcr-data.",
        HelpName = "URL",
    };

    private MigrateCommand(Command command, CommandIo io)
    {
        _io = io;
        command.Add(_databaseUrl);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static CommandDefinition Define(CommandIo io)
    {
        var command = new Command("migrate", "Bring the database schema up to date (serve does it too).");
        _ = new MigrateCommand(command, io);
        return new CommandDefinition(command, Examples);
    }

    private async Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        var options = call.GetValue(_databaseUrl) is { } url ? SiloOptionsReader.Read($"--DATABASE_URL={url}") : SiloOptionsReader.Read();
        await using var store = JobStoreFactory.Open(options.DatabaseUrl);
        var report = await store.MigrateAsync(cancel);
        await _io.Out.WriteLineAsync(report.From == report.To
            ? $"the schema is at version {report.To} already"
            : $"the schema is at version {report.To} now (it was at {report.From})");
        return ExitCodes.Success;
    }
}
