namespace Worcr.SiloHost.Auth;

/// <summary>Says what endpoints need.</summary>
public static class PermissionExtensions
{
    /// <summary>Callers need this permission.</summary>
    public static T Needs<T>(this T builder, Permission permission)
        where T : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new NeededPermission(permission)));
        return builder;
    }
}
