using Worcr.Protocol;
using Worcr.SiloHost.Api;
using Worcr.Store;

namespace Worcr.SiloHost.Auth;

/// <summary>Makes, lists and revokes the keys of a store.</summary>
internal sealed class KeyBook(IKeyStore store, TimeProvider time)
{
    private static readonly Fault Full = new(ErrorCodes.TooLarge, $"There are {KeyBounds.Keys} keys, and no more are kept: revoke some.");

    /// <summary>A new key, with its text; or what is wrong with the request.</summary>
    public async Task<(KeyDocument? Made, Fault? Fault)> CreateAsync(KeyRequest request, CancellationToken cancel)
    {
        if (Check(request) is { } fault) return (null, fault);
        if ((await store.ListKeysAsync(cancel)).Count >= KeyBounds.Keys) return (null, Full);
        var secret = KeySecret.Make();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var key = new StoredKey
        {
            Name = request.Name,
            Hash = secret.Hash,
            Prefix = secret.Prefix,
            Role = request.Role,
            Namespaces = request.Namespaces,
            CreatedAt = now,
            ExpiresAt = request.ExpiresIn is { } life ? now + life.Milliseconds : 0,
        };
        if (!await store.AddKeyAsync(key, cancel)) return (null, new Fault(ErrorCodes.NameTaken, "Another key has this name; revoke it first.", "name"));
        return (Document(key) with { Key = secret.Text }, null);
    }

    /// <summary>All keys, by name.</summary>
    public async Task<ResourceList<KeyDocument>> ListAsync(CancellationToken cancel) => new([.. (await store.ListKeysAsync(cancel)).Select(Document)]);

    /// <summary>Forgets a key; false when there is none of this name.</summary>
    public Task<bool> RevokeAsync(string name, CancellationToken cancel) => store.RemoveKeyAsync(name, cancel);

    private static Fault? Check(KeyRequest request) =>
        FieldChecks.Name("name", request.Name)
        ?? KeyRoles.Choice.Read("role", request.Role, out _)
        ?? CheckNamespaces(request.Namespaces)
        ?? (request.ExpiresIn is { Milliseconds: < KeyBounds.MinKeyMs } ? FieldChecks.Invalid("expiresIn", "must be at least 1m") : null);

    private static Fault? CheckNamespaces(IReadOnlyList<string>? namespaces)
    {
        if (namespaces is null) return null;
        if (namespaces.Count is 0 or > KeyBounds.Namespaces)
            return FieldChecks.Invalid("namespaces", $"must name 1 to {KeyBounds.Namespaces} namespaces, or be absent for all");
        for (var i = 0; i < namespaces.Count; i++)
        {
            if (!ApiNamespace.IsValid(namespaces[i])) return FieldChecks.Invalid($"namespaces[{i}]", ApiNamespace.Invalid.Detail);
        }

        return null;
    }

    private static KeyDocument Document(StoredKey key) => new()
    {
        Name = key.Name,
        Role = key.Role,
        Prefix = key.Prefix,
        Namespaces = key.Namespaces,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt),
        ExpiresAt = WireTime.From(key.ExpiresAt),
    };
}
