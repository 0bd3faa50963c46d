using Worcr.Grains;
using Worcr.Grains.Events;

namespace Worcr.Unit.Grains.Driving;

/// <summary>Listening to a dispatcher, in short.</summary>
internal static class ListenCalls
{
    public static EventListener Listen(this World world, params string[] events) => world.Listen(new EventsRequest(events));

    public static EventListener Listen(this World world, EventsRequest request) => world.Ask<ListenReply>(request).Listener.ShouldNotBeNull();

    /// <summary>What it was told since the last call.</summary>
    public static List<DispatcherEvent> Heard(this EventListener listener)
    {
        var heard = new List<DispatcherEvent>();
        while (listener.TryRead(out var lagged, out var next))
        {
            if (lagged is not null) heard.Add(lagged);
            heard.Add(next);
        }

        return heard;
    }

    public static StatsReply Stats(this World world) => world.Ask<StatsReply>(new StatsRequest());
}
