namespace Worcr.SiloHost.Auth;

/// <summary>Knows keys.</summary>
public interface IKeyRing
{
    /// <summary>Whose key it is; null when nobody's, or when it has ended. Takes the same time for every unknown key.</summary>
    Principal? Find(ReadOnlySpan<char> key);

    /// <summary>Whether the key with this <see cref="Principal.KeyId"/> is good: neither revoked nor ended.</summary>
    bool IsGood(string keyId);
}
