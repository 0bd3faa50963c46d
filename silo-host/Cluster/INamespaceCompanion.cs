namespace Worcr.SiloHost.Cluster;

/// <summary>Something that goes along with each namespace whose dispatcher runs on this silo. Registered as a service.</summary>
internal interface INamespaceCompanion
{
    /// <summary>Does its work beside a dispatcher until <paramref name="over"/> says that the dispatcher goes, then returns. Called again for the next dispatcher of the namespace.</summary>
    Task AccompanyAsync(string name, IDispatcher dispatcher, CancellationToken over);
}
