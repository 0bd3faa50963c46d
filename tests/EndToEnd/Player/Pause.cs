namespace Worcr.Player;

/// <summary>The growing pause of a client whose server is away.</summary>
internal sealed class Pause
{
    private TimeSpan _length = TimeSpan.FromMilliseconds(25);

    public async Task NextAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_length);
        await timer.WaitForNextTickAsync(stop);
        _length = TimeSpan.FromMilliseconds(Math.Min(500, _length.TotalMilliseconds * 2));
    }
}
