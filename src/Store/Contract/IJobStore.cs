namespace Worcr.Store;

/// <summary>
/// What the dispatchers ask of a database, in the words of jobs. A backend is what its conformance suite says it is. Every call may
/// throw <see cref="StoreTransientException"/> (nothing happened, try again), <see cref="StoreOutcomeUnknownException"/> (it may have
/// happened) or <see cref="StoreFencedException"/> (somebody else owns the namespace now); anything else is a defect.
/// </summary>
public interface IJobStore : IKeyStore, IAsyncDisposable
{
    /// <summary>Brings the schema up to date under a lock; refuses (<see cref="StoreSchemaException"/>) a schema that is newer than this build.</summary>
    Task<MigrationReport> MigrateAsync(CancellationToken cancel);

    /// <summary>Cheapest possible round trip: throws when the store cannot be reached.</summary>
    Task PingAsync(CancellationToken cancel);

    /// <summary>Takes or renews the ownership of a namespace, creating the namespace when new. Taking it over raises the epoch.</summary>
    Task<OwnershipReply> AcquireAsync(AcquireOwnership request, CancellationToken cancel);

    /// <summary>Gives the ownership up at once; nothing happens when it is not held.</summary>
    Task ReleaseAsync(Ownership ownership, CancellationToken cancel);

    /// <summary>All namespaces and who owns them.</summary>
    Task<IReadOnlyList<NamespaceRecord>> ListNamespacesAsync(CancellationToken cancel);

    /// <summary>What a dispatcher has to know to start: lanes with their counts, open leases, resources. Never reads the backlog.</summary>
    Task<NamespaceState> LoadAsync(Ownership ownership, CancellationToken cancel);

    /// <summary>
    /// Writes one flush as one transaction that asserts the epoch. A repeated flush of the same number (after an error of unknown outcome) is not asked for: the dispatcher reloads instead.
    /// The flush is read before the call returns, and only the first time: its jobs may change while it is under way, and a repetition after a transient error writes what the first call read.
    /// </summary>
    Task CommitAsync(Flush flush, CancellationToken cancel);

    /// <summary>The next ready jobs of each strand that is asked for, in order; leased ones are included (the dispatcher knows them).</summary>
    Task<IReadOnlyList<IReadOnlyList<Job>>> ReadReadyAsync(ReadReady request, CancellationToken cancel);

    /// <summary>The waiting jobs whose alarm is next, in the order of their alarms.</summary>
    Task<IReadOnlyList<Job>> ReadAlarmsAsync(ReadAlarms request, CancellationToken cancel);

    /// <summary>Live jobs by sequence number, whole; those that are not (or no longer) live are left out.</summary>
    Task<IReadOnlyList<Job>> ReadJobsAsync(IReadOnlyList<long> seqs, CancellationToken cancel);

    /// <summary>Which of these client-given ids and unique keys are taken, and by whom.</summary>
    Task<ResolveReply> ResolveAsync(Resolve request, CancellationToken cancel);

    /// <summary>One job, live or finished, by id; null when unknown.</summary>
    Task<StoredJob?> FindAsync(FindJob request, CancellationToken cancel);

    /// <summary>A page of jobs, live and finished, ordered by sequence number.</summary>
    Task<JobQueryReply> QueryAsync(JobQuery query, CancellationToken cancel);

    /// <summary>Appends log lines; off the critical path, not fenced. Lines of one millisecond keep the order of the calls. Lines are kept for the retention time.</summary>
    Task AppendLogsAsync(IReadOnlyList<LogLine> lines, CancellationToken cancel);

    /// <summary>Log lines of a job, oldest first.</summary>
    Task<IReadOnlyList<LogLine>> ReadLogsAsync(ReadLogs request, CancellationToken cancel);

    /// <summary>Drops the partitions of finished jobs and logs of days before <see cref="Retire.BeforeDay"/>, expired unique keys, and lane records that nothing refers to.</summary>
    Task<RetireReport> RetireAsync(Retire request, CancellationToken cancel);

    /// <summary>Deletes a page of finished jobs that their namespace does not keep any longer; how many. A full page: ask again. Not fenced: what is old is old, whoever says so.</summary>
    Task<int> PruneAsync(Prune request, CancellationToken cancel);
}
