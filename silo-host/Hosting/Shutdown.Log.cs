namespace Worcr.SiloHost.Hosting;

public sealed partial class Shutdown
{
    [LoggerMessage(1, LogLevel.Information, "Draining, for at most {Limit}")]
    private partial void LogDraining(TimeSpan limit);

    [LoggerMessage(2, LogLevel.Warning, "{Part} was not done when WORCR_DRAIN_TIMEOUT was over: its jobs are requeued")]
    private partial void LogCutShort(string part);

    [LoggerMessage(3, LogLevel.Error, "{Part} failed to drain")]
    private partial void LogDrainFailed(Exception error, string part);
}
