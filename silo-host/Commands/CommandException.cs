namespace Worcr.SiloHost.Commands;

/// <summary>A command cannot do what it was asked to: one line for the user, and the exit code.</summary>
public sealed class CommandException(string message, int exitCode = ExitCodes.Failure) : Exception(message)
{
    /// <summary>What the process exits with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The user's call is wrong.</summary>
    public static CommandException Usage(string message) => new(message, ExitCodes.Usage);
}
