using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>Whether the session exists.</summary>
/// <param name="Known">Whether it exists.</param>
/// <param name="Held">How many leases count against its slots.</param>
/// <param name="Order">What an operator wants of the worker; null: nothing.</param>
public sealed record SessionReply(bool Known, int Held = 0, WorkerOrder? Order = null);
