using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Auth;

/// <summary>How roles are written.</summary>
internal static class KeyRoles
{
    /// <summary>Their names.</summary>
    public static WireChoice<Role> Choice { get; } = new("admin", "operator", "producer", "worker", "viewer");
}
