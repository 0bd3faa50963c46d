namespace Worcr.HubBench;

/// <summary>The time that a measurement takes.</summary>
internal static class Pause
{
    /// <summary>Lets time pass.</summary>
    public static async Task For(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
