using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Grains.Events;

namespace Worcr.Unit.Grains.Driving;

/// <summary>Listening to a dispatcher, and what operators say to it, in short.</summary>
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

    public static void Put(this World world, string name, Resource body) => world.Ask<ResourceReply>(new ResourceRequest.Put(name, body)).Refusal.ShouldBeNull();

    public static void Delete(this World world, ResourceKind kind, string name) =>
        world.Ask<ResourceReply>(new ResourceRequest.Delete(kind, name)).Refusal.ShouldBeNull();

    public static StatsReply Stats(this World world) => world.Ask<StatsReply>(new StatsRequest());
}
