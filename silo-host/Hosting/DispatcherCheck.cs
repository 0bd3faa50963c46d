using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Hosting;

/// <summary>Ready only when the default namespace's dispatcher answers, here or on another silo.</summary>
internal sealed class DispatcherCheck(IDispatchers dispatchers) : IReadinessCheck
{
    /// <inheritdoc />
    public string Name => "dispatcher";

    /// <inheritdoc />
    public async Task<string?> CheckAsync(CancellationToken cancel)
    {
        try
        {
            var dispatcher = await dispatchers.FindAsync(ApiNamespace.Default, cancel);
            var stats = await dispatcher.StatsAsync(new StatsRequest(), cancel);
            return stats.StalledSince == 0 ? null : $"the store takes no writes since {WireTime.From(stats.StalledSince):u}";
        }
        catch (DispatcherUnavailableException)
        {
            return "does not answer";
        }
    }
}
