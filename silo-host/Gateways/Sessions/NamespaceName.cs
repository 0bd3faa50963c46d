using Worcr.Protocol;

namespace Worcr.SiloHost.Gateways.Sessions;

/// <summary>Names of namespaces: 1 to 63 of <c>a-z 0-9 - _ .</c>, starting with a letter or digit.</summary>
internal static class NamespaceName
{
    /// <summary>The namespace of those who name none.</summary>
    public const string Default = "default";

    /// <summary>The name, or the default for none; refuses what is no name.</summary>
    public static string Check(string? name)
    {
        if (string.IsNullOrEmpty(name)) return Default;
        var good = name.Length <= 63 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');
        return good ? name : throw new WorkerCallException(ErrorCodes.InvalidParameter, "This is no name of a namespace.", "ns");
    }
}
