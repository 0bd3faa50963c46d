using System.Data.Common;
using System.Net.Sockets;
using Worcr.SiloHost.Hosting;
using Worcr.Store;

namespace Worcr.SiloHost.Commands;

/// <summary>Turns what went wrong into one line and an exit code.</summary>
public static class CommandErrors
{
    /// <summary>The line and the exit code for <paramref name="error"/>.</summary>
    public static (string Message, int ExitCode) Describe(Exception error) => error switch
    {
        CommandException failure => (failure.Message, failure.ExitCode),
        SiloOptionsException options => (string.Join(" ", options.Problems), ExitCodes.Usage),
        StoreSchemaException or StoreTransientException or StoreOutcomeUnknownException or DbException => ($"the database: {error.Message}", ExitCodes.Failure),
        OperationCanceledException { InnerException: TimeoutException late } => (late.Message, ExitCodes.Failure),
        OperationCanceledException => ("interrupted", ExitCodes.Interrupted),
        HttpRequestException http => (Unreachable(http), ExitCodes.Failure),
        FileNotFoundException { FileName: { } name } => ($"no such file: {name}", ExitCodes.Failure),
        DirectoryNotFoundException or UnauthorizedAccessException or IOException => (error.Message, ExitCodes.Failure),
        _ => ($"unexpected {error.GetType().Name}: {error.Message} (WORCR_DEBUG=1 shows where)", ExitCodes.Failure),
    };

    private static string Unreachable(HttpRequestException error) => error.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => $"nothing answers there: {error.Message} (is a silo running? worcr serve)",
        _ => $"the server cannot be reached: {error.Message}",
    };
}
