namespace Worcr.SiloHost.Auth;

/// <summary>What a token says.</summary>
/// <param name="KeyId">The key that asked for it: the token ends with it.</param>
/// <param name="KeyName">That key's name, for people.</param>
/// <param name="Namespace">Where it is good.</param>
/// <param name="Scope">What for.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record WorkerGrant(string KeyId, string KeyName, string Namespace, WorkerScope Scope, DateTimeOffset ExpiresAt)
{
    /// <summary>Its holder.</summary>
    public Principal Holder => new(KeyName, Role.Worker, new HashSet<string>(StringComparer.Ordinal) { Namespace })
    {
        KeyId = KeyId,
        ExpiresAt = ExpiresAt.ToUnixTimeMilliseconds(),
        Scope = Scope,
    };
}
