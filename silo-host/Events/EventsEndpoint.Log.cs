namespace Worcr.SiloHost.Events;

internal sealed partial class EventsEndpoint
{
    [LoggerMessage(1, LogLevel.Information, "Connection {Connection} does not read its events and is cut off")]
    private partial void LogTooSlow(string connection);
}
