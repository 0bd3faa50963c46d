using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>What an operator says to all sessions of a worker's name, those of now and those to come.</summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="Order">What it is to do; null: to work as ever.</param>
/// <param name="LastsMs">For how long, in milliseconds; 0: until it is taken back.</param>
public sealed record OrderRequest(string Worker, WorkerOrder? Order, long LastsMs = 0);
