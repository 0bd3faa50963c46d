namespace Worcr.SiloHost.Auth;

/// <summary>Knows keys.</summary>
public interface IKeyRing
{
    /// <summary>Whose key it is; null when nobody's. Takes the same time for every unknown key.</summary>
    Principal? Find(ReadOnlySpan<char> key);
}
