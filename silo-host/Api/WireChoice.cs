using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>The values of an enumeration as they are written.</summary>
/// <typeparam name="T">The enumeration; its values count from 0.</typeparam>
/// <param name="names">A name for each value, in their order.</param>
internal sealed class WireChoice<T>(params string[] names)
    where T : struct, Enum
{
    /// <summary>All names.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>The name of a value.</summary>
    public string NameOf(T value) => Names[Convert.ToInt32(value, null)];

    /// <summary>Reads a name; an absent one is <paramref name="fallback"/>.</summary>
    public Fault? Read(string path, string? name, out T value, T fallback = default)
    {
        value = fallback;
        if (name is null) return null;
        var index = Array.IndexOf(names, name);
        if (index < 0) return new Fault(ErrorCodes.InvalidField, $"must be {Listed}", path);
        value = (T)Enum.ToObject(typeof(T), index);
        return null;
    }

    private string Listed => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
