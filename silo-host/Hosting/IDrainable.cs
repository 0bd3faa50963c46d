namespace Worcr.SiloHost.Hosting;

/// <summary>Something that has to come to rest before the silo stops serving, such as worker sessions. Registered as a service; all are drained at once.</summary>
public interface IDrainable
{
    /// <summary>Stops taking work and completes when what was begun is finished or given back. <paramref name="cancel"/> fires when <c>WORCR_DRAIN_TIMEOUT</c> is over.</summary>
    Task DrainAsync(CancellationToken cancel);
}
