namespace Worcr.Protocol;

/// <summary>One worker session.</summary>
/// <param name="Session">Its number.</param>
/// <param name="Worker">Its name.</param>
/// <param name="Transport">How it is connected.</param>
/// <param name="Types">Types it takes; <c>*</c> is all.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Queues">Queue labels it takes; empty is all.</param>
/// <param name="Slots">How many jobs it runs at once.</param>
/// <param name="Held">Leases it holds.</param>
/// <param name="State"><c>attached</c>, <c>quiet</c> (an operator wants it to get no jobs), <c>draining</c> or <c>detached</c>.</param>
/// <param name="Since">When it registered.</param>
public sealed record WorkerDocument(
    long Session, string Worker, string Transport, IReadOnlyList<string> Types, IReadOnlyList<string> Tags, IReadOnlyList<string> Queues,
    int Slots, int Held, string State, DateTimeOffset Since);
