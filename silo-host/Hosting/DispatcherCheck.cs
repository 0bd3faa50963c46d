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
            await dispatcher.StatsAsync(new StatsRequest(), cancel);
            return null;
        }
        catch (DispatcherUnavailableException)
        {
            return "does not answer";
        }
    }
}
