namespace Worcr.Client.Running;

/// <summary>Calls the handler of one job type.</summary>
internal abstract class JobInvoker
{
    /// <summary>Runs the handler; its result as UTF-8 JSON, or empty.</summary>
    public abstract ValueTask<ReadOnlyMemory<byte>> InvokeAsync(JobContext context);
}
