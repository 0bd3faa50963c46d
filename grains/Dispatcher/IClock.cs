namespace Worcr.Grains;

/// <summary>The time as the outermost ring knows it.</summary>
public interface IClock
{
    /// <summary>Unix milliseconds.</summary>
    long Now { get; }

    /// <summary>Makes an alarm that calls <paramref name="wake"/>, on any thread, each time it is due.</summary>
    IAlarm CreateAlarm(Action wake);
}
