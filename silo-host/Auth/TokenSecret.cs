using System.Security.Cryptography;
using Worcr.Store;

namespace Worcr.SiloHost.Auth;

/// <summary>What tokens are signed with: one secret for all silos of a store, made by the first that needs it.</summary>
internal sealed class TokenSecret(IKeyStore store)
{
    private const string Name = "worker-tokens";
    private const int Bytes = 32;
    private byte[]? _known;

    /// <summary>The secret.</summary>
    public async ValueTask<byte[]> GetAsync(CancellationToken cancel) =>
        _known ??= await store.SecretAsync(new NewSecret(Name, RandomNumberGenerator.GetBytes(Bytes)), cancel);
}
