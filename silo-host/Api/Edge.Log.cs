namespace Worcr.SiloHost.Api;

public sealed partial class Edge
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed, trace {Trace}")]
    private partial void LogDefect(Exception error, string method, string path, string trace);

    [LoggerMessage(2, LogLevel.Warning, "{Path}: dispatcher unavailable: {Reason}")]
    private partial void LogUnavailable(string reason, string path);

    [LoggerMessage(3, LogLevel.Debug, "{Path}: the client has gone")]
    private partial void LogGone(string path);
}
