using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>Namespace names: <c>[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?</c>.</summary>
public static class ApiNamespace
{
    private const int MaxLength = 63;

    /// <summary>The namespace of paths that name none.</summary>
    public const string Default = "default";

    /// <summary>The error of a name that cannot be one.</summary>
    public static readonly Fault Invalid =
        new(ErrorCodes.InvalidParameter, "A namespace has 1 to 63 lower-case letters, digits and inner dashes.", "namespace");

    /// <summary>The error of a namespace that is not there.</summary>
    public static Fault Unknown(string name) =>
        new(ErrorCodes.NotFound, $"There is no namespace '{name}': the first job, rule or worker makes it.", "namespace");

    /// <summary>Whether a name can be one of a namespace.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxLength || name[0] == '-' || name[^1] == '-') return false;
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')) return false;
        }

        return true;
    }
}
