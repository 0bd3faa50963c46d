namespace Worcr.SiloHost.Cluster;

internal sealed partial class NamespaceHost
{
    [LoggerMessage(LogLevel.Information, "Namespace {Name} runs here, epoch {Epoch}.")]
    private static partial void LogLoaded(ILogger log, string name, long epoch);

    [LoggerMessage(LogLevel.Warning, "Namespace {Name} starts anew from the store.")]
    private static partial void LogStartsAnew(ILogger log, string name, Exception error);

    [LoggerMessage(LogLevel.Error, "Namespace {Name} runs without its {Companion} until it starts anew.")]
    private static partial void LogAlone(ILogger log, string name, string companion, Exception error);

    [LoggerMessage(LogLevel.Error, "The store takes no writes: namespace {Name} shows its jobs and refuses everything else until it does.")]
    private static partial void LogStalled(ILogger log, string name, Exception error);

    [LoggerMessage(LogLevel.Information, "The store takes writes again: namespace {Name} goes on.")]
    private static partial void LogGoesOn(ILogger log, string name);

    [LoggerMessage(LogLevel.Warning, "The ownership of namespace {Name} could not be renewed; trying again.")]
    private static partial void LogCannotRenew(ILogger log, string name, Exception error);
}
