namespace Worcr.SiloHost.Hosting;

public static partial class Silo
{
    [LoggerMessage(1, LogLevel.Critical, "Cannot serve {Urls}: {Reason}")]
    private static partial void LogCannotServe(ILogger log, string urls, string reason);
}
