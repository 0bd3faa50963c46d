namespace Worcr.Store;

/// <summary>
/// Keys of callers and secrets of the silos. They hold for all namespaces, so nobody owns them and nothing is fenced. Errors are those of <see cref="IJobStore"/>.
/// </summary>
public interface IKeyStore
{
    /// <summary>All keys, by name (ordinal), those that have expired included.</summary>
    Task<IReadOnlyList<StoredKey>> ListKeysAsync(CancellationToken cancel);

    /// <summary>Keeps a key. False: the name is taken, and nothing has changed.</summary>
    Task<bool> AddKeyAsync(StoredKey key, CancellationToken cancel);

    /// <summary>Forgets a key. False: there is none of this name.</summary>
    Task<bool> RemoveKeyAsync(string name, CancellationToken cancel);

    /// <summary>A secret that all silos share: the one that is kept under the name, or <see cref="NewSecret.Fresh"/>, which is kept from then on.</summary>
    Task<byte[]> SecretAsync(NewSecret request, CancellationToken cancel);
}
