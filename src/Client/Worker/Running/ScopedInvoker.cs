using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Worcr.Client.Running;

/// <summary>Calls a handler that is made in a service scope of its own for each job.</summary>
internal sealed class ScopedInvoker<THandler, TArgs>(IServiceScopeFactory scopes) : JobInvoker
    where THandler : IJobHandler<TArgs>
{
    public override async ValueTask<ReadOnlyMemory<byte>> InvokeAsync(JobContext context)
    {
        await using var scope = scopes.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetRequiredService<THandler>();
        await handler.HandleAsync(JobJson.Args<TArgs>(context), context).ConfigureAwait(false);
        return default;
    }
}

/// <summary>Calls a handler with a result that is made in a service scope of its own for each job.</summary>
internal sealed class ScopedInvoker<THandler, TArgs, TResult>(IServiceScopeFactory scopes) : JobInvoker
    where THandler : IJobHandler<TArgs, TResult>
{
    public override async ValueTask<ReadOnlyMemory<byte>> InvokeAsync(JobContext context)
    {
        await using var scope = scopes.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetRequiredService<THandler>();
        var result = await handler.HandleAsync(JobJson.Args<TArgs>(context), context).ConfigureAwait(false);
        return JsonSerializer.SerializeToUtf8Bytes(result, context.Engine.Json);
    }
}
