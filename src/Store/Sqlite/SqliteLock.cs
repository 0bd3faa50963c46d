namespace Worcr.Store.Sqlite;

/// <summary>One process a database: an exclusively opened file beside it. The operating system lets go of it when the process dies, however it dies.</summary>
internal sealed class SqliteLock : IDisposable
{
    private readonly FileStream _file;

    private SqliteLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a database file.</summary>
    /// <exception cref="StoreTransientException">Another process has it.</exception>
    public static SqliteLock Take(string path)
    {
        try
        {
            return new SqliteLock(new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new StoreTransientException(
                $"'{path}' is in use by another Worcr process (it holds '{path}.lock'): stop that one, or use PostgreSQL to share a store", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreTransientException($"'{path}.lock' cannot be written: give this user the right to write in its folder", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
