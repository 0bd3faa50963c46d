using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>
/// Jobs with ids of their producer's or with unique keys. Who has an id or a key stands in the store; so such enqueues go through in
/// batches, one after the other: look up all of a batch, then accept it. A look-up does not wait for flushes: what it cannot see of them,
/// <see cref="RecentClaims"/> knows.
/// </summary>
public sealed partial class Dispatcher
{
    /// <summary>How many jobs may wait for their ids and keys to be looked up.</summary>
    private const int MaxClaimJobs = 50_000;

    /// <summary>A look-up for so many ids and keys is a small read.</summary>
    private const int SmallLookUp = 64;

    private readonly List<Claimant> _claims = [];
    private readonly RecentClaims _recentClaims = new();
    private readonly Dictionary<string, int> _locked = new(StringComparer.Ordinal);
    private int _claimJobs;
    private bool _claiming;
    private long _lookUpSees;

    private void Claim(Envelope envelope, EnqueueRequest request)
    {
        if (_claimJobs + request.Jobs.Count > MaxClaimJobs)
        {
            Answer(envelope, new EnqueueReply([], new Refusal(RefusalKind.Overloaded, "Too many jobs wait for their ids or unique keys to be looked up.", RetryAfterMs: 100)));
            return;
        }

        Claim(new Claimant(request.Jobs, envelope, reply => Answer(envelope, reply)));
    }

    /// <summary>Jobs of the dispatcher's own.</summary>
    private void Claim(IReadOnlyList<Job> jobs, Action<EnqueueReply> accepted) => Claim(new Claimant(jobs, null, accepted));

    private void Claim(Claimant claimant)
    {
        _claims.Add(claimant);
        _claimJobs += claimant.Jobs.Count;
        if (!_claiming) LookUpClaims();
    }

    private void LookUpClaims()
    {
        _claiming = true;
        _lookUpSees = _committed;
        var batch = _claims.ToArray();
        _claims.Clear();
        var jobs = batch.SelectMany(c => c.Jobs).ToArray();
        var ids = jobs.Where(j => j.HasClientId).Select(j => j.Id).Distinct().ToArray();
        var keys = jobs.Where(j => j.Options.Unique is not null).Select(j => j.Options.Unique!.Key).Distinct(StringComparer.Ordinal).ToArray();
        var resolve = new Resolve(_ownership, ids, keys, _now);
        var isSmall = ids.Length + keys.Length <= SmallLookUp;
        ReadAhead((store, cancel) => store.ResolveAsync(resolve, cancel), reply => FindHolders(batch, new ClaimTable(reply, _recentClaims)), isSmall);
    }

    /// <summary>What is durable the next look-up will see, and the one under way has seen what was durable when it began.</summary>
    private void DropSeenClaims() => _recentClaims.DropDurable(_claiming ? _lookUpSees : _committed);

    /// <summary>A job that is to be replaced or to get children has to be in hand: those that are only in the store are read first, again if they changed meanwhile.</summary>
    private void FindHolders(Claimant[] batch, ClaimTable table)
    {
        var replacing = batch.SelectMany(c => c.Jobs)
            .Select(j => j.Options.Unique)
            .Where(u => u is { OnConflict: UniqueConflict.Replace })
            .Select(u => table.HolderOf(u!.Key, _now)?.Lock.Seq ?? 0)
            .Where(seq => seq > 0 && !_jobs.ContainsKey(seq))
            .Distinct()
            .ToArray();
        var parents = ColdParents(batch);
        if (replacing.All(seq => table.WasRead(seq) && !WasTouched(seq)) && parents.All(p => IsFresh(p, table)))
        {
            AcceptClaims(batch, table);
            return;
        }

        ReadCold(async (store, cancel) => (Holders: await store.ReadJobsAsync(replacing, cancel), Parents: await ReadParentsAsync(store, parents, cancel)), read =>
        {
            table.Learn(replacing, read.Holders);
            table.Learn(parents, read.Parents);
            FindHolders(batch, table);
        });
    }

    private void AcceptClaims(Claimant[] batch, ClaimTable table)
    {
        foreach (var (jobs, caller, accepted) in batch)
        {
            _claimJobs -= jobs.Count;
            if (caller is { Cancel.IsCancellationRequested: true }) caller.Fail(new OperationCanceledException(caller.Cancel));
            else accepted(AcceptClaim(jobs, table));
        }

        _claiming = false;
        DropSeenClaims();
        if (_claims.Count > 0) LookUpClaims();
    }

    private EnqueueReply AcceptClaim(IReadOnlyList<Job> jobs, ClaimTable table)
    {
        for (var i = 0; i < jobs.Count; i++)
        {
            if (RefusalOf(jobs, i, table) is { } refusal) return new EnqueueReply([], refusal);
        }

        var order = new FamilyOrder(jobs, j => !IsKnown(j, table));
        if ((BatchRefusalOf(jobs) ?? ParentRefusalOf(jobs, table, order)) is { } closed) return new EnqueueReply([], closed);
        if (ShedRefusal([.. jobs.Where(j => !IsKnown(j, table))]) is { } shed) return new EnqueueReply([], shed);
        var answers = new EnqueuedJob[jobs.Count];
        foreach (var i in order.Places)
        {
            if (order.IsParent(i) && !_families.ContainsKey(jobs[i].Id)) Found(jobs[i]); // before anything can end it
            answers[i] = AcceptOne(jobs[i], table);
        }

        return new EnqueueReply(answers);
    }

    private Refusal? RefusalOf(IReadOnlyList<Job> jobs, int index, ClaimTable table)
    {
        var job = jobs[index];
        if (job.Options.Unique is not { OnConflict: UniqueConflict.Reject } unique) return null;
        if (job.HasClientId && table.TryGetId(job.Id, out _)) return null;
        var isTaken = table.HolderOf(unique.Key, _now) is not null
            || jobs.Take(index).Any(j => j.Options.Unique?.Key == unique.Key);
        return isTaken ? new Refusal(RefusalKind.UniqueConflict, "Another job holds the unique key.", $"jobs[{index}].unique.key") : null;
    }

    /// <summary>Whether nothing new comes of the job: its id is known, or its key is held.</summary>
    private bool IsKnown(Job job, ClaimTable table) =>
        (job.HasClientId && table.TryGetId(job.Id, out _))
        || (job.Options.Unique is { OnConflict: UniqueConflict.Return } unique && table.HolderOf(unique.Key, _now) is not null);

    private EnqueuedJob AcceptOne(Job job, ClaimTable table)
    {
        if (job.HasClientId && table.TryGetId(job.Id, out var known)) return new EnqueuedJob(job.Id, LiveState(known.Seq, known.State), Duplicate: true);
        if (job.Options.Unique is not { } unique) return Accepted(job, table);
        if (table.HolderOf(unique.Key, _now) is { } holder)
        {
            if (unique.OnConflict == UniqueConflict.Return) return Duplicate(holder);
            Adopt(job, table);
            Replace(holder.Lock, table);
        }

        var answer = Accepted(job, table);
        Need(table.FreedIn(unique.Key));
        TakeLock(new KnownLock(new UniqueLock(unique.Key, job.Seq, job.Id, unique.ForMs > 0 ? _now + unique.ForMs : 0), answer.State));
        return answer;
    }

    /// <summary>A holder whose key outlived its row in the history has finished; how, nobody knows any more.</summary>
    private EnqueuedJob Duplicate(KnownLock holder) =>
        new(holder.Lock.Id, LiveState(holder.Lock.Seq, holder.State ?? JobState.Succeeded), Duplicate: true);

    private EnqueuedJob Accepted(Job job, ClaimTable table)
    {
        Adopt(job, table);
        if (job.HasClientId) Need(table.FreedIn(job.Id));
        var answer = Accept(job);
        if (job.HasClientId) table.Accept(job);
        table.Rows[job.Seq] = job;
        return answer;
    }

    private void TakeLock(KnownLock known)
    {
        var taken = known.Lock;
        if (_locked.TryAdd(taken.Key, _work.Flush.LocksTaken.Count)) _work.Flush.LocksTaken.Add(taken);
        else _work.Flush.LocksTaken[_locked[taken.Key]] = taken;
        _recentClaims.Take(known, _work.Number);
    }

    private void ReleaseLock(string key, long seq)
    {
        var release = new UniqueRelease(key, seq);
        _work.Flush.LocksReleased.Add(release);
        _recentClaims.Release(release, _work.Number);
    }

    /// <summary>Cancels the holder of a key unless it has started: then it runs on, and only loses the key.</summary>
    private void Replace(UniqueLock holder, ClaimTable table)
    {
        if (_jobs.TryGetValue(holder.Seq, out var grain))
        {
            if (!grain.IsRunning) Finish(grain, JobState.Cancelled, null, null);
        }
        else if (table.Rows.TryGetValue(holder.Seq, out var row) && !WasTouched(holder.Seq))
        {
            FinishCold(row, JobState.Cancelled);
        }
    }

    private JobState LiveState(long seq, JobState stored) => _jobs.TryGetValue(seq, out var grain) ? grain.State : stored;
}
