using System.CommandLine;

namespace Worcr.SiloHost.Commands.Keys;

/// <summary><c>worcr key</c>: makes, lists and revokes API keys.</summary>
internal static class KeyCommand
{
    private const string Examples = """
        worcr key create --role admin                                   the first key, while no silo runs
        worcr key create --role worker --namespace default --expires-in 30d
        worcr key list --url https://worcr.example.com                  on a silo that runs, with the admin key $WORCR_KEY
        worcr key revoke ci
        """;

    private const string Notes = """
        With --url (or $WORCR_URL) the command asks that silo, which takes an admin key. Without it it works on the database itself: a SQLite
        file only while no silo has it open, PostgreSQL at any time. Silos learn of it within 2 seconds. Of a key only its hash is kept: it
        is printed once.
        """;

    /// <summary>The command.</summary>
    public static CommandDefinition Define(CommandIo io)
    {
        var command = new Command("key", "Make, list and revoke API keys.")
        {
            KeyCreateCommand.Define(io), KeyListCommand.Define(io), KeyRevokeCommand.Define(io),
        };
        return new CommandDefinition(command, Examples, Notes);
    }
}
