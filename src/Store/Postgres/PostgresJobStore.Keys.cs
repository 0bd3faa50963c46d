using Worcr.Store.Image;
using static Worcr.Store.Postgres.PostgresDatabase;
using static Worcr.Store.Postgres.PostgresValue;

namespace Worcr.Store.Postgres;

public sealed partial class PostgresJobStore
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<StoredKey>> ListKeysAsync(CancellationToken cancel) => await _database.ListAsync(Statement("list_keys"), PostgresRows.Key, cancel);

    /// <inheritdoc />
    public async Task<bool> AddKeyAsync(StoredKey key, CancellationToken cancel)
    {
        var columns = new KeyColumns(key);
        var statement = Statement(
            "add_key", Of(columns.Name), Of(columns.Hash), Of(columns.Prefix), Of(columns.Role), OfNullable(columns.Namespaces), Of(columns.CreatedAt), Of(columns.ExpiresAt));
        return await _database.WriteAsync([statement], cancel) == 1;
    }

    /// <inheritdoc />
    public async Task<bool> RemoveKeyAsync(string name, CancellationToken cancel) => await _database.WriteAsync([Statement("remove_key", Of(name))], cancel) == 1;

    /// <inheritdoc />
    public async Task<byte[]> SecretAsync(NewSecret request, CancellationToken cancel)
    {
        var name = StoredText.Check(request.Name, "a secret's name");
        await _database.WriteAsync([Statement("keep_secret", Of(name), Of(request.Fresh))], cancel);
        return (await _database.ListAsync(Statement("read_secret", Of(name)), row => row.Bytes(0)!, cancel))[0];
    }
}
