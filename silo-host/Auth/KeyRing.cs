using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Worcr.SiloHost.Hosting;
using Worcr.Store;

namespace Worcr.SiloHost.Auth;

/// <summary>
/// The bootstrap key and those of the store, as they were at most <see cref="Age"/> ago. While the store cannot be read the keys of the last reading hold: nobody
/// can get at jobs without the store anyway. Keys are looked up by their hash, so that no comparison tells how near a wrong key is.
/// </summary>
internal sealed partial class KeyRing(IKeyStore store, SiloOptions options, TimeProvider time, ILogger<KeyRing> log) : IKeyRing
{
    /// <summary>How old what is known of the store's keys may be; a revoked key is good for so long on other silos.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(2);

    private readonly BootstrapKey _bootstrap = new(options.BootstrapKey);
    private volatile FrozenDictionary<long, RingKey> _byHash = FrozenDictionary<long, RingKey>.Empty;
    private volatile FrozenDictionary<string, Principal> _byId = FrozenDictionary<string, Principal>.Empty;

    /// <summary>Whether nobody can enter at all.</summary>
    public bool IsEmpty => !_bootstrap.Exists && _byHash.Count == 0;

    /// <inheritdoc />
    public Principal? Find(ReadOnlySpan<char> key)
    {
        if (key.Length > KeySecret.MaxLength) return null;
        var hash = KeySecret.HashOf(key);
        if (_bootstrap.Find(hash) is { } admin) return admin;
        if (!_byHash.TryGetValue(BinaryPrimitives.ReadInt64BigEndian(hash), out var found)) return null;
        return CryptographicOperations.FixedTimeEquals(found.Hash, hash) && IsAlive(found.Principal) ? found.Principal : null;
    }

    /// <inheritdoc />
    public bool IsGood(string keyId) => _bootstrap.Is(keyId) || (_byId.TryGetValue(keyId, out var principal) && IsAlive(principal));

    /// <summary>Reads the store's keys anew.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        var keys = new Dictionary<long, RingKey>();
        foreach (var stored in await store.ListKeysAsync(cancel))
        {
            if (KeyRoles.Choice.Read("role", stored.Role, out var role) is null) keys[BinaryPrimitives.ReadInt64BigEndian(stored.Hash)] = new RingKey(stored.Hash, PrincipalOf(stored, role));
            else LogUnknownRole(stored.Name, stored.Role); // of a newer Worcr on another silo
        }

        _byHash = keys.ToFrozenDictionary();
        _byId = keys.Values.ToFrozenDictionary(k => k.Principal.KeyId, k => k.Principal, StringComparer.Ordinal);
    }

    /// <summary>Reads them anew after a change; when that fails the next turn does it.</summary>
    public async Task TryRefreshAsync(CancellationToken cancel)
    {
        try
        {
            await RefreshAsync(cancel);
        }
        catch (Exception error) when (error is StoreTransientException or StoreOutcomeUnknownException)
        {
            LogCannotRefresh(error.Message);
        }
    }

    private bool IsAlive(Principal principal) => principal.ExpiresAt == 0 || principal.ExpiresAt > time.GetUtcNow().ToUnixTimeMilliseconds();

    private static Principal PrincipalOf(StoredKey key, Role role) =>
        new(key.Name, role, key.Namespaces?.ToFrozenSet(StringComparer.Ordinal)) { KeyId = KeySecret.IdOf(key.Hash), ExpiresAt = key.ExpiresAt };
}
