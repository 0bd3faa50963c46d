using Microsoft.Extensions.Logging;

namespace Worcr.Client.Running;

/// <summary>What a worker writes to its log.</summary>
internal sealed partial class WorkerLog(ILogger logger)
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Worker} is connected to {Url} (session {Session}, {Accepted} of {Held} held jobs go on)")]
    public partial void Connected(string worker, Uri url, long session, int accepted, int held);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to {Url} ended; next try in {Delay}")]
    public partial void Disconnected(Uri url, TimeSpan delay, Exception? error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The server drains this worker: {Reason}")]
    public partial void ServerDrains(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} reports were not answered; they are sent again")]
    public partial void ReportsUnsent(int count, Exception error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} was not answered; it is said again")]
    public partial void NoteUnsent(string method, Exception error);

    public void ReportRefused(JobContext job, WorcrException why) => ReportRefused(job.Id, job.Type, why.Message);

    public void ReportDropped(JobContext job, WorcrException why) => ReportDropped(job.Id, job.Type, why.Message);

    [LoggerMessage(Level = LogLevel.Error, Message = "A handler failed its shutdown: {Held} jobs are left to the server")]
    public partial void LeftBehind(int held);

    [LoggerMessage(Level = LogLevel.Error, Message = "The server refused the report of job {Id} ({Type}); it is reported as failed: {Why}")]
    private partial void ReportRefused(Guid id, string type, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The server refused every report of job {Id} ({Type}): {Why}")]
    private partial void ReportDropped(Guid id, string type, string why);
}
