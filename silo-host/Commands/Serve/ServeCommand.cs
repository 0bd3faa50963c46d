using System.CommandLine;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Commands.Serve;

/// <summary><c>worcr serve</c>, which is also what <c>worcr</c> does without a command: runs a silo.</summary>
public sealed class ServeCommand
{
    private const string Examples = """
        worcr serve                                                   SQLite under ./worcr-data, http://127.0.0.1:9672
        worcr serve --database-url sqlite:///var/lib/worcr/jobs.db
        DATABASE_URL=postgres://worcr:secret@db/worcr worcr serve     any number of equal silos over one database
        worcr serve --urls http://0.0.0.0:9672 --auth keys --bootstrap-key "$KEY"
        """;

    private readonly SiloSettings _settings;

    private ServeCommand(Command command)
    {
        _settings = new SiloSettings(command);
        command.SetAction((call, cancel) => Silo.RunAsync(_settings.Read(call), cancel: cancel));
    }

    /// <summary>The command.</summary>
    public static CommandDefinition Define()
    {
        var command = new Command("serve", "Run a silo: API, worker hub and dashboard on one port. Also what worcr does without a command.");
        AddTo(command);
        return new CommandDefinition(command, Examples);
    }

    /// <summary>Makes a command run a silo.</summary>
    public static void AddTo(Command command) => _ = new ServeCommand(command);
}
