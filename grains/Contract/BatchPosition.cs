namespace Worcr.Grains;

/// <summary>A place in the list of batches, newest first; those made in the same millisecond by id.</summary>
/// <param name="CreatedAt">When the batch there was made, Unix milliseconds.</param>
/// <param name="Id">Its id.</param>
public readonly record struct BatchPosition(long CreatedAt, Guid Id)
{
    /// <summary>Whether a batch comes after this place.</summary>
    public bool IsBefore(long createdAt, Guid id) => createdAt < CreatedAt || (createdAt == CreatedAt && id.CompareTo(Id) > 0);
}
