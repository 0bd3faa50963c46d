namespace Worcr.Conformance;

/// <summary>Where a store under test lives, and what can happen to it from outside.</summary>
public interface IStoreHome : IAsyncDisposable
{
    /// <summary>Whether several processes can have it open.</summary>
    bool IsShared { get; }

    /// <summary>Opens it.</summary>
    Task<IJobStore> OpenAsync();

    /// <summary>The process dies without closing anything; gives the store as the next process opens it.</summary>
    Task<IJobStore> CrashAsync(IJobStore store);

    /// <summary>Closes the store and makes its schema the first one again, as if an older build had written what it holds.</summary>
    Task ToFirstSchemaAsync(IJobStore store);

    /// <summary>A newer build has been here.</summary>
    Task RaiseSchemaAsync(IJobStore store);
}
