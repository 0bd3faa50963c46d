namespace Worcr.Protocol;

/// <summary>What became of one job of an enqueue.</summary>
/// <param name="Id">Its id, or that of the job that was there before.</param>
/// <param name="State">Its state.</param>
/// <param name="Duplicate">Whether a job was there before (same client-given id, or same unique key).</param>
public sealed record EnqueueAnswer(Guid Id, string State, bool Duplicate);
