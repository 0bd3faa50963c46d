namespace Worcr.SiloHost.Cluster;

internal sealed partial class Dispatchers
{
    [LoggerMessage(LogLevel.Information, "The schema went from version {From} to {To}.")]
    private static partial void LogMigrated(ILogger log, int from, int to);

    [LoggerMessage(LogLevel.Warning, "Old partitions could not be dropped; trying again later.")]
    private static partial void LogCannotRetire(ILogger log, Exception error);
}
