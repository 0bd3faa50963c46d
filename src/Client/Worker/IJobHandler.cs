namespace Worcr.Client;

/// <summary>Does jobs of one type.</summary>
/// <typeparam name="TArgs">The arguments, read from JSON.</typeparam>
public interface IJobHandler<in TArgs>
{
    /// <summary>
    /// Does a job. To fail it, throw (<see cref="JobFailedException"/> says more than others); to give it back, throw
    /// <see cref="JobYieldException"/>. A cancelled task after <see cref="StopReason.Interrupt"/> or
    /// <see cref="StopReason.ShuttingDown"/> gives it back as well.
    /// </summary>
    /// <param name="args">What the producer sent.</param>
    /// <param name="context">The job and what can be done while it runs.</param>
    ValueTask HandleAsync(TArgs args, JobContext context);
}

/// <summary>Does jobs of one type, with a result.</summary>
/// <typeparam name="TArgs">The arguments, read from JSON.</typeparam>
/// <typeparam name="TResult">The result, written as JSON, at most 1 MiB.</typeparam>
public interface IJobHandler<in TArgs, TResult>
{
    /// <summary>Does a job, as <see cref="IJobHandler{TArgs}.HandleAsync"/> does.</summary>
    /// <param name="args">What the producer sent.</param>
    /// <param name="context">The job and what can be done while it runs.</param>
    /// <returns>The job's result.</returns>
    ValueTask<TResult> HandleAsync(TArgs args, JobContext context);
}
