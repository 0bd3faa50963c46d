using Worcr.Core.Rules;
using Worcr.Simulation.Actors;
using Worcr.Simulation.Server;

namespace Worcr.Simulation.World;

/// <summary>The auditors' memory: specs, and what became of them in the store.</summary>
internal sealed class Ledger(SimulatedWorld world)
{
    private readonly Dictionary<byte[], JobSpec> _specs = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<long, JobRecord> _records = [];
    private readonly Dictionary<Guid, long> _seqs = [];
    private readonly List<Guid> _ids = [];
    private readonly List<(LeaseEntry Lease, PendingCommit Commit)> _early = [];

    /// <summary>Complete reports that any worker ever sent.</summary>
    public HashSet<LeaseToken> Completes { get; } = [];

    /// <summary>Until then jobs that come may be among those that an operator, who has asked already, makes ready.</summary>
    public long HurryUntil { get; set; }

    /// <summary>Ids of stored jobs, oldest first.</summary>
    public IReadOnlyList<Guid> Ids => _ids;

    public IEnumerable<JobRecord> Records => _records.Values;

    public void Add(JobSpec spec) => _specs.Add(spec.Job.Args!, spec);

    public JobSpec SpecOf(Job job) => _specs[job.Args!];

    public JobRecord Of(long seq) => _records.TryGetValue(seq, out var record) ? record : throw new Violation("only stored jobs are spoken of", $"job {seq} was never stored");

    public JobRecord? Find(long seq) => _records.GetValueOrDefault(seq);

    public JobRecord? Find(Guid id) => _seqs.TryGetValue(id, out var seq) ? _records[seq] : null;

    public bool IsLive(long seq) => world.Database.Live.ContainsKey(seq);

    public StoredJob? Finished(long seq) => world.Database.Finished(seq);

    /// <summary>A flush has been written.</summary>
    public void Applied(PendingCommit commit)
    {
        var flush = commit.Work.Flush;
        foreach (var job in flush.Inserts) Inserted(job, flush.Ownership.Epoch);
        foreach (var job in flush.Updates) Updated(job);
        foreach (var outcome in flush.Outcomes)
        {
            Of(outcome.Seq).EndOfAttempt[outcome.Attempt] = outcome.State;
            Of(outcome.Seq).Ends.Add((outcome.Attempt, outcome.State));
            Of(outcome.Seq).EndedAt = world.Now;
        }

        foreach (var lease in flush.Leases) Leased(lease, commit);
    }

    private void Inserted(Job job, long epoch)
    {
        if (_records.TryGetValue(job.Seq, out var known) && known.Spec.Job.Args == job.Args)
        {
            known.IsRevived = true;
        }
        else
        {
            known = _records[job.Seq] = new JobRecord(job.Seq, SpecOf(job)) { Shape = job.Shape.WithArgs(ArgPaths.Read(job.Args, JobMaker.ArgPaths)), IsHurried = world.Now < HurryUntil };
            _seqs[job.Id] = job.Seq;
            _ids.Add(job.Id);
            TakeEarly(known, epoch);
        }

        known.LaneId = job.LaneId;
        known.Batch = job.Options.Batch;
        known.ReadySince = job.DueAt == 0 ? world.Now : 0;
    }

    private void Updated(Job job)
    {
        var record = Of(job.Seq);
        if (job.DueAt != 0) record.ReadySince = 0;
        else if (record.ReadySince == 0 || record.LaneId != job.LaneId || SteppedAside(record, job)) record.ReadySince = world.Now;
        record.LaneId = job.LaneId;
        record.Fails = job.Fails;
    }

    /// <summary>It failed, stepped aside and came back within one flush: the store never saw it away.</summary>
    private static bool SteppedAside(JobRecord record, Job job) => job.Options.Retry.StepsAside && job.Fails > record.Fails;

    /// <summary>A lease may be written before the flush with its job; when that one never comes, the lease means nothing.</summary>
    private void Leased(LeaseEntry lease, PendingCommit commit)
    {
        if (_records.TryGetValue(lease.Seq, out var record)) Note(record, lease, commit);
        else _early.Add((lease, commit));
    }

    private void TakeEarly(JobRecord record, long epoch)
    {
        foreach (var (lease, commit) in _early.Where(e => e.Lease.Seq == record.Seq && e.Commit.Work.Flush.Ownership.Epoch == epoch)) Note(record, lease, commit);
        _early.RemoveAll(e => e.Lease.Seq == record.Seq);
    }

    /// <summary>A lease that nobody was told of may be void: then the attempt is leased again.</summary>
    private static void Note(JobRecord record, LeaseEntry lease, PendingCommit commit)
    {
        if (record.Leases.TryGetValue(lease.Attempt, out var known) && known.Nonce == lease.Nonce) return;
        if (known.Attempt > 0 && record.MaxTold >= lease.Attempt)
            throw new Violation("an attempt is leased once", $"job {record.Seq} attempt {lease.Attempt} has two durable leases");
        record.Leases[lease.Attempt] = lease;
        record.LeaseBegunAt[lease.Attempt] = commit.BegunAt;
        record.LeaseFlush[lease.Attempt] = (commit.Work.Flush.Ownership.Epoch, commit.Work.Number);
    }
}
