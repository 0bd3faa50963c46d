namespace Worcr.SiloHost.Commands;

/// <summary>Shows what a library logs as lines for people.</summary>
public sealed class SayLoggerProvider(CommandIo io) : ILoggerProvider
{
    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new SayLogger(io);

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
