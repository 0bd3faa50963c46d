using System.CommandLine;
using Worcr.SiloHost.Commands.Connection;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Commands.Keys;

/// <summary>The options that say where keys are: <c>--url</c> (a silo), else the database.</summary>
internal sealed class KeyDeskOptions
{
    private readonly ConnectionOptions _connection;
    private readonly Option<string?> _databaseUrl = new("--database-url", "--DATABASE_URL")
    {
        Description = "The database, when no silo is named. Default: $DATABASE_URL, else the file under ./worcr-data.",
        HelpName = "URL",
    };

    /// <summary>Adds the options to a command.</summary>
    public KeyDeskOptions(Command command, CommandIo io)
    {
        _connection = new ConnectionOptions(command, io, hasNamespace: false);
        command.Add(_databaseUrl);
    }

    /// <summary>Opens what a call names.</summary>
    public async Task<IKeyDesk> OpenAsync(ParseResult call, CancellationToken cancel)
    {
        var database = call.GetValue(_databaseUrl);
        if (database is null && _connection.Names(call)) return new ServerKeys(new ApiClient(_connection.Read(call)));
        var options = database is null ? SiloOptionsReader.Read() : SiloOptionsReader.Read($"--DATABASE_URL={database}");
        return await DatabaseKeys.OpenAsync(options.DatabaseUrl, cancel);
    }
}
