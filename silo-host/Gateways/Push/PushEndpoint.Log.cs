namespace Worcr.SiloHost.Gateways.Push;

internal sealed partial class PushEndpoint
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Endpoint {Name} of namespace {Space} is {State}")]
    private static partial void LogState(ILogger logger, string name, string space, EndpointState state);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {Job} of endpoint {Name} had another lease when its answer came")]
    private static partial void LogStale(ILogger logger, Guid job, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No dispatcher took the answer for job {Job} of endpoint {Name} while its lease lasted: the job runs again")]
    private static partial void LogUnheard(ILogger logger, Guid job, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} was not brought to endpoint {Name}; its lease runs out")]
    private static partial void LogBroken(ILogger logger, Exception error, Guid job, string name);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Endpoint {Name} of namespace {Space} has no session now: {Why}")]
    private static partial void LogNoSession(ILogger logger, string name, string space, string why);
}
