namespace Worcr.Client;

/// <summary>Thrown by a handler to fail its job with a code, a wish for the time of the next attempt, or for good.</summary>
public sealed class JobFailedException : Exception
{
    /// <summary>Fails the job with the code <c>error</c>.</summary>
    public JobFailedException()
        : this("The job failed.")
    {
    }

    /// <summary>Fails the job with the code <c>error</c>.</summary>
    public JobFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Fails the job with the code <c>error</c> because of another exception.</summary>
    public JobFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A short code for programs, such as <c>429</c>; at most 255 characters. Default: <c>error</c>.</summary>
    public string Code { get; init; } = "error";

    /// <summary>Whether no further attempt makes sense. Default: false.</summary>
    public bool Final { get; init; }

    /// <summary>How long to wait before the next attempt. Default: what the job's retry policy says.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
