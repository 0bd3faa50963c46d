namespace Worcr.Protocol;

/// <summary>A batch as it is now.</summary>
public sealed record BatchDocument
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>For people.</summary>
    public string? Name { get; init; }

    /// <summary>Whether jobs may join it.</summary>
    public required bool Open { get; init; }

    /// <summary>How many jobs belong to it.</summary>
    public required long Total { get; init; }

    /// <summary>Those that have not ended.</summary>
    public required long Pending { get; init; }

    /// <summary>Those that succeeded.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Those that ended otherwise.</summary>
    public required long Failed { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was closed and all had ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The job that was enqueued because all succeeded.</summary>
    public Guid? OnSuccess { get; init; }

    /// <summary>The job that was enqueued because one ended otherwise.</summary>
    public Guid? OnFailure { get; init; }

    /// <summary>The job that was enqueued because all ended.</summary>
    public Guid? OnComplete { get; init; }
}
