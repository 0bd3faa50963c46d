namespace Worcr.SiloHost.Gateways.Push;

internal sealed partial class PushNamespace
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The dispatcher of namespace {Name} goes, or the silo stops: no endpoint has a session now")]
    private static partial void LogAlone(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Namespace {Name} has too many listeners: its endpoints are looked at now and then only")]
    private static partial void LogUnheard(ILogger logger, string name);
}
