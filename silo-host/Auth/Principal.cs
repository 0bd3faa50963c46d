namespace Worcr.SiloHost.Auth;

/// <summary>Who calls.</summary>
/// <param name="Name">The key's name, for people.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Namespaces">Where; null: everywhere.</param>
public sealed record Principal(string Name, Role Role, IReadOnlySet<string>? Namespaces)
{
    /// <summary>Tells this key from every other that has or had its name; of a token: that of the key that asked for it.</summary>
    public required string KeyId { get; init; }

    /// <summary>When it ends, Unix milliseconds; 0: never.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>Of a token: the only work that it may do; null: any.</summary>
    public WorkerScope? Scope { get; init; }

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
