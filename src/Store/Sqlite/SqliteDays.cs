namespace Worcr.Store.Sqlite;

/// <summary>The tables of single days.</summary>
internal static class SqliteDays
{
    public const string Finished = "finished";
    public const string LogLine = "log_line";

    /// <summary>The days that have a table, newest first.</summary>
    public static List<int> Of(SqliteDatabase database, string table) => SqliteDatabase.Rows(database["list_days"].Bind(table), row => row.Int(0));

    /// <summary>Makes the table of a day unless it is there, in the transaction of the flush that needs it.</summary>
    public static void Ensure(SqliteDatabase database, string create, string table, int day)
    {
        if (!Of(database, table).Contains(day)) database.Execute(SqliteDatabase.OfDay(create, day));
    }
}
