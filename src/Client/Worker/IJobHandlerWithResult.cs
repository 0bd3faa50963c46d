using System.Diagnostics.CodeAnalysis;

namespace Worcr.Client;

/// <summary>Does jobs of one type, with a result.</summary>
/// <typeparam name="TArgs">The arguments, read from JSON.</typeparam>
/// <typeparam name="TResult">The result, written as JSON, at most 1 MiB.</typeparam>
[SuppressMessage("Design", "MA0048", Justification = "The file of the name without result is taken.")]
public interface IJobHandler<in TArgs, TResult>
{
    /// <summary>Does a job, as <see cref="IJobHandler{TArgs}.HandleAsync"/> does.</summary>
    /// <param name="args">What the producer sent.</param>
    /// <param name="context">The job and what can be done while it runs.</param>
    /// <returns>The job's result.</returns>
    ValueTask<TResult> HandleAsync(TArgs args, JobContext context);
}
