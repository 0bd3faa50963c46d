using Worcr.Protocol.Worker;

namespace Worcr.Client.Running;

/// <summary>What is reported of a handler that ended.</summary>
internal static class JobEndings
{
    /// <summary>The report of a handler that returned.</summary>
    public static JobReport Of(ReadOnlyMemory<byte> result, long microseconds) => result.Length <= WorkerBounds.PayloadBytes
        ? new JobReport(JobOutcome.Complete, result, null, microseconds)
        : new JobReport(JobOutcome.Fail, default, new JobFault("result_too_large", "The result is larger than 1 MiB.", null, true), microseconds);

    /// <summary>The report of a handler that threw.</summary>
    public static JobReport Of(JobContext job, Exception thrown, long microseconds)
    {
        var isGivenBack = thrown is JobYieldException
            || (thrown is OperationCanceledException && job.StopReason is StopReason.Interrupt or StopReason.ShuttingDown);
        return isGivenBack
            ? new JobReport(JobOutcome.Yield, default, null, microseconds) { UntilChildren = thrown is JobYieldException { UntilChildren: true } }
            : new JobReport(JobOutcome.Fail, default, Fault(job, thrown), microseconds);
    }

    private static JobFault Fault(JobContext job, Exception thrown) => thrown switch
    {
        JobFailedException failed => new JobFault(Cut(failed.Code, WorkerBounds.NameLength), Cut(failed.Message, WorkerBounds.ErrorMessage), failed.RetryAfter, failed.Final),
        OperationCanceledException when job.StopReason == StopReason.Timeout => new JobFault("timeout", "The attempt took longer than the job's time-out."),
        _ => new JobFault(Cut(thrown.GetType().Name, WorkerBounds.NameLength), Cut(thrown.Message, WorkerBounds.ErrorMessage)),
    };

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
