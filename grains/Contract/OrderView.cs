using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>An order that stands.</summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="Rule">What was said, and until when it holds.</param>
public sealed record OrderView(string Worker, WorkerRule Rule);
