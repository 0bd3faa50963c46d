using Microsoft.Extensions.Logging.Console;

namespace Worcr.SiloHost.Hosting;

/// <summary>Logs go to standard error, so that standard output carries only what a command prints.</summary>
public static class LoggingSetup
{
    /// <summary>Sets levels and format.</summary>
    public static void Apply(ILoggingBuilder logging, SiloOptions options)
    {
        logging.SetMinimumLevel(options.Log);
        logging.AddFilter("Microsoft", options.Log > LogLevel.Warning ? options.Log : LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // a start that fails is told by Silo.RunAsync, without a stack
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None); // else each request has an Activity and a logging scope; the Edge logs what goes wrong
        if (options.LogFormat == LogFormat.Json) logging.AddJsonConsole(o => o.UseUtcTimestamp = true);
        else logging.AddSimpleConsole(WriteText);
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void WriteText(SimpleConsoleFormatterOptions options)
    {
        options.SingleLine = true;
        options.UseUtcTimestamp = true;
        options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
    }
}
