using System.Collections.Concurrent;
using Worcr.SiloHost.Cluster;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>Sends jobs to the endpoints of all namespaces that run on this silo, from when it serves (endpoints call back) until it stops.</summary>
internal sealed class PushGateway(PushSurroundings around, IHostApplicationLifetime lifetime) : INamespaceCompanion, IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, PushNamespace> _namespaces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _running = [];
    private readonly CancellationTokenSource _stopping = new();

    public async Task AccompanyAsync(string name, IDispatcher dispatcher, CancellationToken over)
    {
        if (!await ServesAsync(over)) return;
        var running = _namespaces.GetOrAdd(name, n => new PushNamespace(n, around)).AccompanyAsync(dispatcher, over, _stopping.Token);
        _running.TryAdd(running, true);
        try
        {
            await running;
        }
        finally
        {
            _running.TryRemove(running, out _);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gives back what is under way; the dispatchers stop after this.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task<bool> ServesAsync(CancellationToken over)
    {
        var serves = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(() => serves.TrySetResult(true));
        await using var gone = over.Register(() => serves.TrySetResult(false));
        await using var stopped = _stopping.Token.Register(() => serves.TrySetResult(false));
        return await serves.Task;
    }
}
