namespace Worcr.SiloHost.Auth;

/// <summary>What an endpoint demands of its caller.</summary>
public enum Permission
{
    /// <summary>Nothing: liveness and public pages.</summary>
    None,

    /// <summary>Read jobs, workers, figures, rules.</summary>
    View,

    /// <summary>Enqueue jobs and read what became of them.</summary>
    Produce,

    /// <summary>Lease and report jobs.</summary>
    Work,

    /// <summary>Change jobs and rules.</summary>
    Operate,

    /// <summary>Change keys.</summary>
    Administer,
}
