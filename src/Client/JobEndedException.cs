using Worcr.Protocol;

namespace Worcr.Client;

/// <summary>A job whose result was awaited ended without success.</summary>
public sealed class JobEndedException : Exception
{
    internal JobEndedException(Guid id, string state, JobFailure? failure)
        : base(failure is null ? $"Job {id} is {state}." : $"Job {id} is {state}: {failure.Code}: {failure.Message}") =>
        (Id, State, Failure) = (id, state, failure);

    /// <summary>The job.</summary>
    public Guid Id { get; }

    /// <summary>Its final state, one of <see cref="JobStateNames"/>.</summary>
    public string State { get; }

    /// <summary>The error that ended it, if there was one.</summary>
    public JobFailure? Failure { get; }
}
