using Worcr.Player;

// Worcr.Player http|hub|workq|faktory URL TYPE SLOTS NAME: completes every job of a type until it is killed, and keeps a diary.
var (mode, silo, type, slots, name) = (args[0], new Uri(args[1]), args[2], int.Parse(args[3]), args[4]);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
IPlayer player = mode switch
{
    "http" => new HttpPlayer(silo, type, slots, name),
    "hub" => new HubPlayer(silo, type, slots, name),
    "workq" => new WorkqPlayer(silo.Port, type, slots),
    "faktory" => new FaktoryPlayer(silo.Port, name, slots),
    _ => throw new ArgumentException($"unknown mode {mode}: http, hub, workq or faktory"),
};
Diary.Ready();
try
{
    await player.PlayAsync(stop.Token);
}
catch (OperationCanceledException)
{
    return 0;
}

return 0;
