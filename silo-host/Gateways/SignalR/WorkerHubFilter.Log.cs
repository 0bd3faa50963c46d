namespace Worcr.SiloHost.Gateways.SignalR;

internal sealed partial class WorkerHubFilter
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The hub call {Method} failed")]
    private partial void LogFailed(Exception error, string method);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {Connection} made {Count} faulty calls and is cut off")]
    private partial void LogCutOff(string connection, int count);
}
