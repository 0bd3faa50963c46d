namespace Worcr.Grains;

/// <summary>One alarm of a clock.</summary>
public interface IAlarm : IDisposable
{
    /// <summary>Sets it to a time (Unix milliseconds), in place of the one it was set to; <see cref="long.MaxValue"/>: never.</summary>
    void Set(long at);
}
