using Worcr.Protocol;
using Worcr.SiloHost.Auth;
using Worcr.Store;

namespace Worcr.SiloHost.Commands.Keys;

/// <summary>The keys of a database, without a silo: how the first admin key comes to be.</summary>
internal sealed class DatabaseKeys : IKeyDesk
{
    private readonly IJobStore _store;
    private readonly KeyBook _book;

    private DatabaseKeys(IJobStore store)
    {
        _store = store;
        _book = new KeyBook(store, TimeProvider.System);
    }

    /// <summary>Opens a database and brings its schema up to date.</summary>
    public static async Task<DatabaseKeys> OpenAsync(string url, CancellationToken cancel)
    {
        var store = JobStoreFactory.Open(url);
        try
        {
            await store.MigrateAsync(cancel);
            return new DatabaseKeys(store);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public async Task<KeyDocument> CreateAsync(KeyRequest request, CancellationToken cancel)
    {
        var (made, fault) = await _book.CreateAsync(request, cancel);
        return made ?? throw new CommandException($"{(fault!.Path is { } path ? $"{path}: " : "")}{fault.Detail} ({fault.Code.Code})");
    }

    public async Task<IReadOnlyList<KeyDocument>> ListAsync(CancellationToken cancel) => (await _book.ListAsync(cancel)).Items;

    public async Task RevokeAsync(string name, CancellationToken cancel)
    {
        if (!await _book.RevokeAsync(name, cancel)) throw new CommandException($"there is no key '{name}'");
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
