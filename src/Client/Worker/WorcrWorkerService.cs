using Microsoft.Extensions.Hosting;

namespace Worcr.Client;

/// <summary>Runs a worker as long as its host.</summary>
internal sealed class WorcrWorkerService(WorcrWorker worker) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await worker.DrainAsync(cancellationToken).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using (worker) await worker.RunAsync(stoppingToken).ConfigureAwait(false);
    }
}
