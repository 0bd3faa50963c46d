namespace Worcr.Testing.Model;

/// <summary>A commit under way in the model: the caller waits until somebody calls <see cref="Complete"/>.</summary>
public sealed class ModelCommit
{
    private readonly ModelDatabase _database;
    private readonly ModelFlush _flush;
    private readonly TaskCompletionSource _done = new();

    internal ModelCommit(ModelDatabase database, ModelFlush flush) => (_database, _flush) = (database, flush);

    /// <summary>Whose it is.</summary>
    public Ownership Ownership => _flush.Ownership;

    /// <summary>The flush's number.</summary>
    public long Number => _flush.Number;

    /// <summary>Whether it has ended.</summary>
    public bool IsComplete => _done.Task.IsCompleted;

    internal Task Task => _done.Task;

    /// <summary>Ends it. The caller's continuation runs before this returns.</summary>
    public void Complete(ModelCommitEnd end = ModelCommitEnd.Written)
    {
        if (end is ModelCommitEnd.Refused) _done.SetException(new StoreTransientException("the model was told to refuse"));
        else if (end is ModelCommitEnd.LostBefore) _done.SetException(new StoreOutcomeUnknownException("the model was told to break before writing"));
        else Write(end);
    }

    private void Write(ModelCommitEnd end)
    {
        try
        {
            _database.Apply(_flush);
        }
        catch (Exception e)
        {
            _done.SetException(e);
            return;
        }

        if (end is ModelCommitEnd.LostAfter) _done.SetException(new StoreOutcomeUnknownException("the model was told to break after writing"));
        else _done.SetResult();
    }
}
