namespace Worcr.Grains.Simulation;

/// <summary>How long simulated jobs run.</summary>
/// <param name="Shape">How run times lie around their mean.</param>
/// <param name="MeanMs">The mean, in milliseconds.</param>
/// <param name="DeviationMs">The standard deviation of a normal one, in milliseconds.</param>
public readonly record struct RunTime(RunTimeShape Shape, double MeanMs, double DeviationMs = 0)
{
    /// <summary>Draws one, in whole milliseconds, at least 1.</summary>
    public long Draw(Random chance)
    {
        var ms = Shape switch
        {
            RunTimeShape.Exponential => -MeanMs * Math.Log(1 - chance.NextDouble()),
            RunTimeShape.Normal => MeanMs + (DeviationMs * Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble())),
            _ => MeanMs,
        };
        return Math.Max(1, (long)Math.Round(ms));
    }

    /// <summary>One that is so many times as long.</summary>
    public RunTime Times(double factor) => new(Shape, MeanMs * factor, DeviationMs * factor);
}
