namespace Worcr.SiloHost.Auth;

/// <summary>A stored key in memory.</summary>
/// <param name="Hash">SHA-256 of the key.</param>
/// <param name="Principal">Whose it is.</param>
internal sealed record RingKey(byte[] Hash, Principal Principal);
