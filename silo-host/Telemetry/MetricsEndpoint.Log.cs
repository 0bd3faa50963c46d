namespace Worcr.SiloHost.Telemetry;

internal sealed partial class MetricsEndpoint
{
    [LoggerMessage(1, LogLevel.Warning, "No figures of namespace {Namespace}: {Reason}")]
    private partial void LogNoFigures(string @namespace, string reason);
}
