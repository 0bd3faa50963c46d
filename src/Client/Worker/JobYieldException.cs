namespace Worcr.Client;

/// <summary>Thrown by a handler to give its job back: it goes on later from its checkpoints, and that is not a failure.</summary>
public sealed class JobYieldException : Exception
{
    /// <summary>Gives the job back.</summary>
    public JobYieldException()
        : base("The job is given back.")
    {
    }

    /// <summary>Gives the job back and says why, for the worker's own log.</summary>
    public JobYieldException(string message)
        : base(message)
    {
    }

    /// <summary>Gives the job back because of another exception.</summary>
    public JobYieldException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the job is to go on only when all its children have ended. Default: no, as soon as it can.</summary>
    public bool UntilChildren { get; init; }
}
