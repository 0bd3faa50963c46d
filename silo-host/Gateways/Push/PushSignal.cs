namespace Worcr.SiloHost.Gateways.Push;

/// <summary>What a request says about the endpoint, whatever becomes of the job.</summary>
internal enum PushSignal
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is there.</summary>
    Alive,

    /// <summary>It could not be reached, or has no room.</summary>
    Trouble,
}
