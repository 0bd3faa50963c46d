namespace Worcr.Core.Rules;

/// <summary>Weight rules that meet the same jobs; one object for equal sets, until a rule changes.</summary>
/// <param name="rules">The rules.</param>
public sealed class WeightSet(IReadOnlyList<WeightRule> rules)
{
    /// <summary>No rule.</summary>
    public static WeightSet None { get; } = new([]);

    /// <summary>The product of the factors of those rules that meet a worker, too.</summary>
    public double FactorFor(IReadOnlyCollection<string> workerTags)
    {
        var factor = 1.0;
        foreach (var rule in rules)
        {
            if (rule.Match.Worker.Matches(workerTags)) factor *= rule.Factor;
        }

        return factor;
    }
}
