namespace Worcr.SiloHost.Cluster;

internal sealed partial class Dispatchers
{
    [LoggerMessage(LogLevel.Information, "The schema went from version {From} to {To}.")]
    private static partial void LogMigrated(ILogger log, int from, int to);

    [LoggerMessage(LogLevel.Warning, "Old partitions could not be dropped; trying again later.")]
    private static partial void LogCannotRetire(ILogger log, Exception error);

    [LoggerMessage(LogLevel.Information, "Namespace {Name} has no owner: it is taken over.")]
    private static partial void LogAdopted(ILogger log, string name);

    [LoggerMessage(LogLevel.Warning, "Namespace {Name} has no owner, and this silo cannot take it over: {Why}")]
    private static partial void LogCannotAdopt(ILogger log, string name, string why);

    [LoggerMessage(LogLevel.Warning, "Namespaces without an owner could not be looked for; trying again.")]
    private static partial void LogCannotSearch(ILogger log, Exception error);
}
