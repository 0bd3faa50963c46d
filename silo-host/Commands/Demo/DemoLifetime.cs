namespace Worcr.SiloHost.Commands.Demo;

/// <summary>Leaves signals to the demo.</summary>
public sealed class DemoLifetime : IHostLifetime
{
    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
