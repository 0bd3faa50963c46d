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

    private ServeCommand(Command command, bool hidden)
    {
        _settings = new SiloSettings(command, hidden);
        command.SetAction((call, cancel) => Silo.RunAsync(_settings.Read(call), cancel: cancel));
    }

    /// <summary>The command.</summary>
    public static CommandDefinition Define()
    {
        var command = new Command("serve", "Run a silo: API, worker hub and browser worker on one port. Also what worcr does without a command.");
        _ = new ServeCommand(command, hidden: false);
        return new CommandDefinition(command, Examples);
    }

    /// <summary>Makes the root command do the same; its help leaves the options to <c>serve</c>.</summary>
    public static void AddTo(RootCommand root) => _ = new ServeCommand(root, hidden: true);
}
