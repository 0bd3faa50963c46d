using System.Text.Json;

namespace Worcr.Client.Running;

/// <summary>Calls a delegate without a result.</summary>
internal sealed class DelegateInvoker<TArgs>(Func<TArgs, JobContext, ValueTask> handler) : JobInvoker
{
    public override ValueTask<ReadOnlyMemory<byte>> InvokeAsync(JobContext context)
    {
        var running = handler(JobJson.Args<TArgs>(context), context);
        return running.IsCompletedSuccessfully ? default : FinishAsync(running);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> FinishAsync(ValueTask running)
    {
        await running.ConfigureAwait(false);
        return default;
    }
}

/// <summary>Calls a delegate with a result.</summary>
internal sealed class DelegateInvoker<TArgs, TResult>(Func<TArgs, JobContext, ValueTask<TResult>> handler) : JobInvoker
{
    public override ValueTask<ReadOnlyMemory<byte>> InvokeAsync(JobContext context)
    {
        var running = handler(JobJson.Args<TArgs>(context), context);
        return running.IsCompletedSuccessfully ? new(Result(running.Result, context)) : FinishAsync(running, context);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> FinishAsync(ValueTask<TResult> running, JobContext context) =>
        Result(await running.ConfigureAwait(false), context);

    private static ReadOnlyMemory<byte> Result(TResult result, JobContext context) => JsonSerializer.SerializeToUtf8Bytes(result, context.Engine.Json);
}
