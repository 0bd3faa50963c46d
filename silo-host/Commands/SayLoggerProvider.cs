using Microsoft.Extensions.Logging.Abstractions;

namespace Worcr.SiloHost.Commands;

/// <summary>Shows what Worcr's SDK logs as lines for people; what it stands on says nothing.</summary>
public sealed class SayLoggerProvider(CommandIo io) : ILoggerProvider
{
    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Worcr.", StringComparison.Ordinal) ? new SayLogger(io) : NullLogger.Instance;

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private sealed class SayLogger(CommandIo io) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var cause = exception is null ? "" : $" ({exception.GetBaseException().Message})";
            io.Say(formatter(state, exception) + cause);
        }
    }
}
