namespace Worcr.SiloHost.Gateways.Sessions;

public sealed partial class WorkerSession
{
    private void LogLeftUnheard(string worker, long session, string why) => LeftUnheard(_around.Logger, worker, session, why);

    private void LogForgotten(string worker, long session) => Forgotten(_around.Logger, worker, session);

    private void LogNotWarned(string worker, long session, string why) => NotWarned(_around.Logger, worker, session, why);

    private void LogClosed(string worker, long session) => Closed(_around.Logger, worker, session);

    private void LogTooSlow(string worker, long session, double seconds) => TooSlow(_around.Logger, worker, session, seconds);

    private void LogUnavailable(string worker, long session, string why) => Unavailable(_around.Logger, worker, session, why);

    private void LogBroken(Exception error, string worker, long session) => Broken(_around.Logger, error, worker, session);

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Worker} left while the dispatcher was away (session {Session}): {Why}")]
    private static partial void LeftUnheard(ILogger logger, string worker, long session, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The dispatcher does not know session {Session} of worker {Worker} any more; the worker has to register again")]
    private static partial void Forgotten(ILogger logger, string worker, long session);

    [LoggerMessage(Level = LogLevel.Information, Message = "The dispatcher closed session {Session} of worker {Worker}")]
    private static partial void Closed(ILogger logger, string worker, long session);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Worker} (session {Session}) took no message for {Seconds} s and is cut off")]
    private static partial void TooSlow(ILogger logger, string worker, long session, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The dispatcher went away from worker {Worker} (session {Session}): {Why}")]
    private static partial void Unavailable(ILogger logger, string worker, long session, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The session {Session} of worker {Worker} broke")]
    private static partial void Broken(ILogger logger, Exception error, string worker, long session);

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Worker} (session {Session}) could not be told that its token expires: {Reason}")]
    private static partial void NotWarned(ILogger logger, string worker, long session, string reason);
}
