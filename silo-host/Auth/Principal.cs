namespace Worcr.SiloHost.Auth;

/// <summary>Who calls.</summary>
/// <param name="Name">The key's name, for people.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Namespaces">Where; null: everywhere.</param>
public sealed record Principal(string Name, Role Role, IReadOnlySet<string>? Namespaces)
{
    /// <summary>Whether it may do something in a namespace (null: something that belongs to none).</summary>
    public bool May(Permission permission, string? space) => Grants(permission) && (Namespaces is null || (space is not null && Namespaces.Contains(space)));

    private bool Grants(Permission permission) => permission switch
    {
        Permission.None => true,
        Permission.View => Role is not Role.Worker,
        Permission.Produce => Role is Role.Admin or Role.Operator or Role.Producer,
        Permission.Work => Role is Role.Admin or Role.Operator or Role.Worker,
        Permission.Operate => Role is Role.Admin or Role.Operator,
        _ => Role is Role.Admin,
    };
}
