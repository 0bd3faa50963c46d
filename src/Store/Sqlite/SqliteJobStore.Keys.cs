using Worcr.Store.Image;

namespace Worcr.Store.Sqlite;

public sealed partial class SqliteJobStore
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<StoredKey>> ListKeysAsync(CancellationToken cancel) =>
        await ReadAsync(db => SqliteDatabase.Rows(db["list_keys"], SqliteRows.Key), cancel);

    /// <inheritdoc />
    public Task<bool> AddKeyAsync(StoredKey key, CancellationToken cancel)
    {
        var columns = new KeyColumns(key);
        return WriteAsync(
            db =>
            {
                db["add_key"].Bind(columns.Name).Bind(columns.Hash).Bind(columns.Prefix).Bind(columns.Role).Bind(columns.Namespaces)
                    .Bind(columns.CreatedAt).Bind(columns.ExpiresAt).Run();
                return db.Changes == 1;
            },
            cancel);
    }

    /// <inheritdoc />
    public Task<bool> RemoveKeyAsync(string name, CancellationToken cancel) => WriteAsync(
        db =>
        {
            db["remove_key"].Bind(name).Run();
            return db.Changes == 1;
        },
        cancel);

    /// <inheritdoc />
    public Task<byte[]> SecretAsync(NewSecret request, CancellationToken cancel)
    {
        var name = StoredText.Check(request.Name, "a secret's name");
        return WriteAsync(
            db =>
            {
                db["keep_secret"].Bind(name).Bind(request.Fresh).Run();
                return SqliteDatabase.Rows(db["read_secret"].Bind(name), row => row.Bytes(0)!)[0];
            },
            cancel);
    }
}
