namespace Worcr.Grains.Simulation;

/// <summary>How run times lie around their mean.</summary>
public enum RunTimeShape
{
    /// <summary>All are the mean.</summary>
    Constant,

    /// <summary>Normal, cut off at 1 ms.</summary>
    Normal,

    /// <summary>Exponential: many short ones, few long ones.</summary>
    Exponential,
}
