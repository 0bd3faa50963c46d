using Worcr.Core.Rules;
using Worcr.Grains;

namespace Worcr.Unit.Api;

/// <summary>Keeps resources as a dispatcher does, and tells the figures that a test wants to see.</summary>
public sealed class FakeResources
{
    private readonly SortedDictionary<(ResourceKind Kind, string Name), Resource> _all = [];

    public ResourceFigures Figures { get; set; } = ResourceFigures.None;

    public T Only<T>()
        where T : Resource => _all.Values.OfType<T>().ShouldHaveSingleItem();

    public ResourceReply Answer(ResourceRequest request) => request switch
    {
        ResourceRequest.Put put => Put(put),
        ResourceRequest.Preview preview => new ResourceReply([new ResourceView("", preview.Body.Over(_all.GetValueOrDefault((preview.Body.Kind, preview.Name))), Figures)]),
        ResourceRequest.Delete delete => _all.Remove((delete.Kind, delete.Name)) ? new ResourceReply([]) : None,
        ResourceRequest.Read { Name: { } name } read => _all.TryGetValue((read.Kind, name), out var body) ? new ResourceReply([new ResourceView(name, body, Figures)]) : None,
        ResourceRequest.Read read => new ResourceReply([.. _all.Where(r => r.Key.Kind == read.Kind).Select(r => new ResourceView(r.Key.Name, r.Value, Figures))]),
        _ => throw new NotSupportedException(),
    };

    private static ResourceReply None => new([], Refusal: new Refusal(RefusalKind.NotFound, "It is not there."));

    private ResourceReply Put(ResourceRequest.Put put)
    {
        var isNew = !_all.ContainsKey((put.Body.Kind, put.Name));
        var kept = put.Body.Over(_all.GetValueOrDefault((put.Body.Kind, put.Name)));
        _all[(put.Body.Kind, put.Name)] = kept;
        return new ResourceReply([new ResourceView(put.Name, kept, Figures)], isNew);
    }
}
