namespace Worcr.EndToEnd.Running;

/// <summary>One silo a store, started when the first test asks for it and shared by all that do not stop, cut or flood it.</summary>
public sealed class SharedSilos : IAsyncDisposable
{
    private readonly Dictionary<StoreKind, Lazy<Task<Silo>>> _silos;

    public SharedSilos() =>
        _silos = Enum.GetValues<StoreKind>().ToDictionary(k => k, k => new Lazy<Task<Silo>>(() => StartAsync(k)));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.Values.Where(s => s.IsValueCreated && s.Value.IsCompletedSuccessfully)) await (await silo.Value).DisposeAsync();
        await Databases.CloseAsync();
    }

    internal Task<Silo> OnAsync(StoreKind store)
    {
        Databases.Need(store);
        return _silos[store].Value;
    }

    private static async Task<Silo> StartAsync(StoreKind store) =>
        await Silo.StartAsync(new SiloSpec
        {
            DatabaseUrl = await Databases.NewAsync(store),
            Environment = new Dictionary<string, string> { ["WORCR_PUSH_ALLOW"] = "loopback" },
        });
}
