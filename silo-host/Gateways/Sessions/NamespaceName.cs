using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Gateways.Sessions;

/// <summary>The namespace that a worker names.</summary>
internal static class NamespaceName
{
    /// <summary>The name, or the default for none; refuses what is no name.</summary>
    public static string Check(string? name)
    {
        if (string.IsNullOrEmpty(name)) return ApiNamespace.Default;
        return ApiNamespace.IsValid(name) ? name : throw new WorkerCallException(ApiNamespace.Invalid.Code, ApiNamespace.Invalid.Detail, "namespace");
    }
}
