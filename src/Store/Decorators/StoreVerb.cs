namespace Worcr.Store.Decorators;

/// <summary>The verbs of <see cref="IJobStore"/>.</summary>
public enum StoreVerb
{
    Migrate,
    Ping,
    Acquire,
    Release,
    ListNamespaces,
    Load,
    Commit,
    ReadReady,
    ReadAlarms,
    ReadJobs,
    Resolve,
    Find,
    Query,
    AppendLogs,
    ReadLogs,
    Retire,
    Prune,
    ListKeys,
    AddKey,
    RemoveKey,
    Secret,
}
