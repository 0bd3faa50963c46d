namespace Worcr.Grains;

/// <summary>One worker session.</summary>
/// <param name="Session">Its number.</param>
/// <param name="Worker">Its name.</param>
/// <param name="Transport">How it is connected.</param>
/// <param name="Types">Types it takes.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Queues">Queue labels it takes; empty is all.</param>
/// <param name="Slots">Its slots.</param>
/// <param name="Held">Leases it holds.</param>
/// <param name="State"><c>attached</c>, <c>quiet</c>, <c>draining</c> or <c>detached</c>.</param>
/// <param name="Since">When it registered, Unix milliseconds.</param>
public sealed record WorkerView(
    long Session, string Worker, string Transport, IReadOnlyList<string> Types, IReadOnlyList<string> Tags, IReadOnlyList<string> Queues,
    int Slots, int Held, string State, long Since);
