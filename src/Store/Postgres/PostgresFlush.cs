using Npgsql;
using Worcr.Store.Image;
using Worcr.Store.Journal;
using static Worcr.Store.Postgres.PostgresDatabase;
using static Worcr.Store.Postgres.PostgresValue;

namespace Worcr.Store.Postgres;

/// <summary>The statements of a flush: those whose part is there, in the order of the parts, behind the fence.</summary>
internal static class PostgresFlush
{
    public static NpgsqlBatchCommand[] Statements(FlushImage flush)
    {
        var owner = flush.Ownership;
        var list = new List<NpgsqlBatchCommand>(8) { Statement("fence", Of(owner.NamespaceId), Of(owner.Silo), Of(owner.Epoch)) };
        if (flush.Lanes is { } lanes) list.Add(Lanes(lanes));
        if (flush.Revivals is { } revivals) list.Add(Statement("revive_jobs", Of(revivals)));
        if (flush.Inserts is { } inserts) list.Add(Inserts(inserts));
        if (flush.Updates is { } updates) list.Add(Updates(updates));
        if (flush.Notes is { } notes) list.Add(Statement("note_jobs", Of(notes.Seq), Of(notes.Checkpoints), Of(notes.Progress)));
        if (flush.Outcomes is { } outcomes) list.Add(Outcomes(outcomes));
        if (flush.Fold is { } fold) Fold(list, owner.NamespaceId, fold);
        if (flush.Journal is { } row) list.Add(Journal(owner.NamespaceId, row));
        if (flush.Locks is { } locks) Locks(list, flush, locks);
        if (flush.Resources is { } resources)
        {
            list.Add(Statement(
                "put_resources", Of(owner.NamespaceId), Of(owner.Epoch), Of(flush.Number), Of(resources.Kinds), Of(resources.Names), Of(resources.Bodies)));
        }

        return [.. list];
    }

    private static NpgsqlBatchCommand Lanes(LaneColumns lanes) => Statement(
        "put_lanes", Of(lanes.LaneId), Of(lanes.Type), Of(lanes.Tenant), Of(lanes.Queue), Of(lanes.Tags), Of(lanes.Weight), Of(lanes.SloMs),
        Of(lanes.OrderKey), Of(lanes.CreatedDay), Of(lanes.Args));

    private static NpgsqlBatchCommand Inserts(InsertColumns jobs) => Statement(
        "insert_jobs", Of(jobs.Seq), Of(jobs.Id), Of(jobs.LaneId), Of(jobs.CreatedAt), Of(jobs.Args), Of(jobs.ClientId.Values), Of(jobs.Priority.Values),
        Of(jobs.State.Values), Of(jobs.ReadyLag.Values), Of(jobs.DueAt.Values), Of(jobs.AlarmAt.Values), Of(jobs.ExpiresAt.Values), Of(jobs.Attempt.Values),
        Of(jobs.Yields.Values), Of(jobs.Fails.Values), Of(jobs.Options.Values), Of(jobs.Checkpoints.Values), Of(jobs.Progress.Values), Of(jobs.Attempts.Values));

    private static NpgsqlBatchCommand Updates(UpdateColumns jobs) => Statement(
        "update_jobs", Of(jobs.Seq), Of(jobs.LaneId), Of(jobs.State.Values), Of(jobs.ReadyAt), Of(jobs.DueAt.Values), Of(jobs.AlarmAt.Values), Of(jobs.ExpiresAt.Values),
        Of(jobs.Attempt.Values), Of(jobs.Yields.Values), Of(jobs.Fails.Values), Of(jobs.Checkpoints.Values), Of(jobs.Progress.Values), Of(jobs.Attempts.Values));

    private static NpgsqlBatchCommand Outcomes(OutcomeColumns jobs) => Statement(
        "finish_jobs", Of(jobs.Seq), Of(jobs.StartedAt), Of(jobs.FinishedAt), Of(jobs.State.Values), Of(jobs.Attempt.Values), Of(jobs.Yields.Values),
        Of(jobs.Fails.Values), Of(jobs.Worker.Values), Of(jobs.Result.Values), Of(jobs.Error.Values), Of(jobs.Attempts.Values));

    private static NpgsqlBatchCommand Journal(int namespaceId, JournalRow row) =>
        Statement("put_journal", Of(namespaceId), Of(row.Number), Of(row.Leases), Of(row.Strands), Of(row.Permits));

    private static void Fold(List<NpgsqlBatchCommand> list, int namespaceId, FoldColumns fold)
    {
        list.Add(Statement("fold_journal", Of(namespaceId), Of(fold.Below)));
        list.Add(Journal(namespaceId, fold.Journal));
        list.Add(Statement("fold_strands", Of(fold.LaneIds), Of(fold.Priorities), Of(fold.Counts)));
        list.Add(Statement("fold_empty_strands", Of(fold.LaneIds), Of(fold.Priorities)));
        list.Add(Statement("fold_resources", Of(namespaceId)));
    }

    private static void Locks(List<NpgsqlBatchCommand> list, FlushImage flush, LockColumns locks)
    {
        var owner = flush.Ownership;
        if (locks.Keys.Length > 0)
        {
            list.Add(Statement(
                "take_locks", Of(owner.NamespaceId), Of(owner.Epoch), Of(flush.Number), Of(locks.Keys), Of(locks.Seqs), Of(locks.Ids), Of(locks.ExpiresAt)));
        }

        if (locks.ReleasedKeys.Length > 0) list.Add(Statement("release_locks", Of(owner.NamespaceId), Of(locks.ReleasedKeys), Of(locks.ReleasedSeqs)));
    }
}
