namespace Worcr.SiloHost.Auth;

/// <summary>
/// Reads the keys before the silo serves and then again and again, and closes what was opened with those that are good no more. Should it fail otherwise than for
/// want of the store, the silo stops: none may serve on whose keys are never read again.
/// </summary>
internal sealed partial class KeyWatch(KeyRing ring, TokenSecret secret, OpenConnections connections, TimeProvider time, ILogger<KeyWatch> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ring.RefreshAsync(cancellationToken);
        await secret.GetAsync(cancellationToken);
        if (ring.IsEmpty) LogNobody();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(KeyRing.Age, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ring.TryRefreshAsync(stoppingToken);
            connections.Check();
        }
    }
}
