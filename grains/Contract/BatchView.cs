namespace Worcr.Grains;

/// <summary>A batch as it is now.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people, or null.</param>
/// <param name="IsOpen">Whether jobs may join.</param>
/// <param name="Pending">Members that have not ended.</param>
/// <param name="Succeeded">Members that succeeded.</param>
/// <param name="Failed">Members that ended otherwise.</param>
/// <param name="CreatedAt">When it was made, Unix milliseconds.</param>
/// <param name="FinishedAt">When it was closed and all members had ended, Unix milliseconds; 0: not yet.</param>
public sealed record BatchView(Guid Id, string? Name, bool IsOpen, long Pending, long Succeeded, long Failed, long CreatedAt, long FinishedAt)
{
    /// <summary>The job that was enqueued because all members succeeded, or null.</summary>
    public Guid? OnSuccess { get; init; }

    /// <summary>The job that was enqueued because a member ended otherwise, or null.</summary>
    public Guid? OnFailure { get; init; }

    /// <summary>The job that was enqueued because all members ended, or null.</summary>
    public Guid? OnComplete { get; init; }
}
