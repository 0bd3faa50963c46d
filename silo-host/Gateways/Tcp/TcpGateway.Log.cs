using System.Net;

namespace Worcr.SiloHost.Gateways.Tcp;

public sealed partial class TcpGateway<TProtocol>
{
    [LoggerMessage(1, LogLevel.Information, "The {Protocol} gateway listens on {Address}")]
    private partial void LogListening(string protocol, IPEndPoint? address);

    [LoggerMessage(2, LogLevel.Debug, "Connection {Connection} from {Remote}")]
    private partial void LogOpened(string connection, EndPoint? remote);

    [LoggerMessage(3, LogLevel.Debug, "Connection {Connection} is closed")]
    private partial void LogClosed(string connection);

    [LoggerMessage(4, LogLevel.Debug, "Connection {Connection} broke: {Why}")]
    private partial void LogBroke(string connection, string why);

    [LoggerMessage(5, LogLevel.Error, "Connection {Connection} is closed because serving it failed")]
    private partial void LogFailed(Exception error, string connection);

    [LoggerMessage(6, LogLevel.Warning, "There are {Limit} connections: {Remote} found no room")]
    private partial void LogCrowded(int limit, EndPoint? remote);
}
