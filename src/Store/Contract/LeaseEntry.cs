namespace Worcr.Store;

/// <summary>One lease in the journal. It is open as long as its job lives and the job's stored attempt is below <see cref="Attempt"/>.</summary>
/// <param name="Seq">The job.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Nonce">The random part of its token.</param>
/// <param name="StartedAt">Unix milliseconds.</param>
/// <param name="DeadlineAt">When the attempt times out, Unix milliseconds.</param>
/// <param name="Worker">Name of the worker.</param>
/// <param name="IsPolled">Whether the lease belongs to no session, and so outlives a restart without anybody claiming it.</param>
public readonly record struct LeaseEntry(long Seq, int Attempt, uint Nonce, long StartedAt, long DeadlineAt, string Worker, bool IsPolled = false);
