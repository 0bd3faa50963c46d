namespace Worcr.Protocol;

/// <summary>Fairness between tenants while several of them had jobs waiting.</summary>
/// <param name="Index">Jain's index over what tenants got of what their shares entitled them to: 1 is fair, 1/n is one of n got all.</param>
public sealed record SimulatedFairness(double Index);
