namespace Worcr.Store.Sqlite;

/// <summary>Deletes finished jobs that a namespace does not keep any longer, day by day, inside one transaction.</summary>
internal sealed class SqlitePrune(SqliteDatabase database, Prune request)
{
    private readonly long _first = request.Ownership.FirstId;
    private readonly long _end = request.Ownership.EndId;
    private int _left = request.Limit;
    private long _keep = request.MaxDead;

    /// <summary>How many were deleted.</summary>
    public int Run()
    {
        foreach (var day in SqliteDays.Of(database, SqliteDays.Finished))
        {
            if (_left == 0) break;
            if (day < request.BeforeDay) DropAll(day);
            else DropDead(day);
        }

        return request.Limit - _left;
    }

    private void DropAll(int day)
    {
        database["retire_remember", day].Run();
        database["prune_day", day].Bind(_first).Bind(_end).Bind(_left).Run();
        _left -= database.Changes;
    }

    /// <summary>Newer days come first: what they hold of the dead jobs that stay is no longer there for older ones.</summary>
    private void DropDead(int day)
    {
        database.Execute(SqliteDatabase.OfDay("prune_index", day));
        var dead = SqliteDatabase.Rows(database["prune_count", day].Bind(_first).Bind(_end), row => row.Long(0))[0];
        if (dead == 0) return;
        database["retire_remember", day].Run();
        database["prune_dead", day].Bind(_first).Bind(_end).Bind(request.DeadBefore).Bind(_keep).Bind(_left).Run();
        _left -= database.Changes;
        _keep = Math.Max(0, _keep - dead);
    }
}
