namespace Worcr.SiloHost.Auth;

/// <summary>Reads the keys before the silo serves and then again and again, and closes what was opened with those that are good no more.</summary>
internal sealed partial class KeyWatch(KeyRing ring, TokenSecret secret, OpenConnections connections, TimeProvider time, ILogger<KeyWatch> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private Task _loop = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ring.RefreshAsync(cancellationToken);
        await secret.GetAsync(cancellationToken);
        if (ring.IsEmpty) LogNobody();
        _loop = Task.Run(LoopAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _end.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _end.Dispose();

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(KeyRing.Age, time);
        while (await timer.WaitForNextTickAsync(_end.Token))
        {
            await ring.TryRefreshAsync(_end.Token);
            connections.Check();
        }
    }
}
