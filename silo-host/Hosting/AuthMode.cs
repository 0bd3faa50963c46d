namespace Worcr.SiloHost.Hosting;

/// <summary>Who may call a silo.</summary>
public enum AuthMode
{
    /// <summary>Everybody on this machine: only loopback addresses are served.</summary>
    Off,

    /// <summary>Whoever has a key.</summary>
    Keys,
}
