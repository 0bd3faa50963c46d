using System.Globalization;
using Worcr.Core.Time;
using Worcr.Store.Image;

namespace Worcr.Store.Sqlite;

/// <summary>The writing verbs besides the flush, each inside its transaction.</summary>
internal static class SqliteWrites
{
    public static OwnershipReply Acquire(SqliteDatabase database, AcquireOwnership request)
    {
        if (request.Held is { } held)
        {
            database["renew"].Bind(held.NamespaceId).Bind(held.Silo).Bind(held.Epoch).Bind(request.LeaseMs).Bind(request.Now).Run();
            return database.Changes == 1 ? new OwnershipReply(held, held.Silo) : new OwnershipReply(null, Owner(database, held.Name).Silo);
        }

        var name = StoredText.Check(request.Name, "a namespace");
        database["acquire_create"].Bind(name).Run();
        database["acquire"].Bind(name).Bind(StoredText.Check(request.Silo, "a silo")).Bind(request.LeaseMs).Bind(request.Now).Bind(request.Takeover).Run();
        var taken = database.Changes == 1;
        var owner = Owner(database, name);
        return new OwnershipReply(taken ? owner : null, owner.Silo);
    }

    public static void AppendLogs(SqliteDatabase database, LogColumns lines)
    {
        foreach (var day in lines.Days) SqliteDays.Ensure(database, "create_log_line", SqliteDays.LogLine, day);
        for (var i = 0; i < lines.Seq.Length; i++)
        {
            database["append_logs", UnixDay.Of(lines.At[i])]
                .Bind(lines.Seq[i]).Bind(lines.At[i]).Bind(lines.Attempt[i]).Bind(lines.Level[i]).Bind(lines.Line[i]).Run();
        }
    }

    public static RetireReport Retire(SqliteDatabase database, Retire request)
    {
        var finished = SqliteDays.Of(database, SqliteDays.Finished);
        var old = finished.Where(day => day < request.BeforeDay).ToList();
        foreach (var day in old) database["retire_remember", day].Run();
        var tables = old.Select(day => (SqliteDays.Finished, day))
            .Concat(SqliteDays.Of(database, SqliteDays.LogLine).Where(day => day < request.BeforeDay).Select(day => (SqliteDays.LogLine, day))).ToList();
        database.ForgetDays();
        foreach (var (table, day) in tables)
        {
            database.Execute(SqliteDatabase.Sql["retire_drop"].Replace(
                "{table}", string.Create(CultureInfo.InvariantCulture, $"{table}_{day}"), StringComparison.Ordinal));
        }

        database["retire_locks"].Bind(request.Now).Run();
        var locks = database.Changes;
        database.Execute(SqliteDatabase.Sql["retire_last_lanes"]);
        database.Execute(SqliteDatabase.Sql["retire_used"]);
        foreach (var day in finished.Except(old)) database.Execute(SqliteDatabase.OfDay("retire_used_finished", day));
        database["retire_lanes"].Bind(request.BeforeDay).Run();
        return new RetireReport(tables.Count, locks, database.Changes);
    }

    private static Ownership Owner(SqliteDatabase database, string name) =>
        SqliteDatabase.Rows(database["owner"].Bind(name), r => new Ownership(r.Int(0), name, r.Text(2), r.Long(1)))[0];
}
