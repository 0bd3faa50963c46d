namespace Worcr.SiloHost.Gateways.Push;

internal sealed partial class PushNamespace
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Namespace {Name} has too many listeners: its endpoints are looked at now and then only")]
    private static partial void LogUnheard(ILogger logger, string name);
}
