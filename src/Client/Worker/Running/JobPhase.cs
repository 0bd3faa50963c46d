namespace Worcr.Client.Running;

/// <summary>Where a held job stands.</summary>
internal enum JobPhase
{
    /// <summary>Waits for a slot.</summary>
    Queued,

    /// <summary>Its handler runs.</summary>
    Running,

    /// <summary>Its report waits to be acknowledged.</summary>
    Finished,

    /// <summary>Not ours any more.</summary>
    Gone,
}
