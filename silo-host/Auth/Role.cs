namespace Worcr.SiloHost.Auth;

/// <summary>What a key may do.</summary>
public enum Role
{
    /// <summary>Everything.</summary>
    Admin,

    /// <summary>Everything but keys.</summary>
    Operator,

    /// <summary>Enqueues jobs and reads.</summary>
    Producer,

    /// <summary>Runs jobs.</summary>
    Worker,

    /// <summary>Reads.</summary>
    Viewer,
}
