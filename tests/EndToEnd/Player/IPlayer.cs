namespace Worcr.Player;

/// <summary>Works until it is stopped.</summary>
internal interface IPlayer
{
    Task PlayAsync(CancellationToken stop);
}
