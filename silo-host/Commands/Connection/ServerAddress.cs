namespace Worcr.SiloHost.Commands.Connection;

/// <summary>Where a server is, and as whom to call it.</summary>
/// <param name="Url">Its base address.</param>
/// <param name="Key">An API key or token, or null.</param>
/// <param name="Namespace">The namespace to work in.</param>
public sealed record ServerAddress(Uri Url, string? Key, string Namespace)
{
    /// <summary>The namespace that needs no name in the address.</summary>
    public const string DefaultNamespace = "default";

    /// <summary>The path of an API call, such as <c>/v1/jobs</c>.</summary>
    public string Path(string call) =>
        Namespace == DefaultNamespace ? $"/v1/{call}" : $"/v1/ns/{Uri.EscapeDataString(Namespace)}/{call}";
}
