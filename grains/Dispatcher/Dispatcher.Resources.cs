using System.Text.Json;
using Worcr.Core.Rules;
using Worcr.Grains.Rules;

namespace Worcr.Grains;

/// <summary>What operators say: rules, limits, schedules, tenants, types, settings. Everything takes effect with the next choice, also on jobs that wait already.</summary>
public sealed partial class Dispatcher
{
    private const string HitsKind = "hits";
    private const int MaxRules = 1_000;
    private const int MaxNamed = 100_000;

    private readonly Dictionary<ResourceKind, SortedDictionary<string, Resource>> _resources = [];
    private readonly Dictionary<(ResourceKind Kind, string Name), long> _hits = [];
    private readonly HashSet<(ResourceKind Kind, string Name)> _newHits = [];
    private readonly Dictionary<(ResourceKind Kind, string Name), Expiry> _expiries = [];

    private void Resources(Envelope envelope, ResourceRequest request)
    {
        if (request is ResourceRequest.Preview preview)
        {
            Preview(envelope, preview.Name, preview.Body);
            return;
        }

        Answer(envelope, request switch
        {
            ResourceRequest.Put put => PutResource(put.Name, put.Body),
            ResourceRequest.Delete delete => DeleteResource(delete.Kind, delete.Name),
            ResourceRequest.Read read => ReadResources(read.Kind, read.Name),
            ResourceRequest.Note note => NoteEndpoint(note.Endpoint, note.Figures),
            _ => throw new NotSupportedException($"No dispatcher understands {request.GetType()}."),
        });
    }

    private ResourceReply PutResource(string name, Resource sent)
    {
        var all = ResourcesOf(sent.Kind);
        var isNew = !all.TryGetValue(name, out var former);
        var body = sent.Over(former);
        var most = body.Kind is ResourceKind.Tenant or ResourceKind.Type or ResourceKind.Schedule ? MaxNamed : MaxRules;
        if (isNew && all.Count >= most) return new ResourceReply([], Refusal: new Refusal(RefusalKind.TooLarge, $"A namespace has at most {most} resources of this kind."));
        all[name] = body;
        WriteRule(new ResourceChange(ResourceCodec.NameOf(body.Kind), name, ResourceCodec.Encode(body)));
        Apply(name, former, body);
        return new ResourceReply([ViewOf(name, body)], isNew);
    }

    private ResourceReply DeleteResource(ResourceKind kind, string name)
    {
        if (!ResourcesOf(kind).Remove(name, out var former)) return NoResource(name);
        WriteRule(new ResourceChange(ResourceCodec.NameOf(kind), name, null));
        Apply(name, former, null);
        if (_hits.Remove((kind, name))) _newHits.Add((kind, name));
        return new ResourceReply([new ResourceView(name, former, ResourceFigures.None)]);
    }

    private void WriteRule(ResourceChange change)
    {
        _work.Flush.Resources.Add(change);
        _work.ChangesRules = true;
    }

    private ResourceReply ReadResources(ResourceKind kind, string? name)
    {
        var all = ResourcesOf(kind);
        if (name is null) return new ResourceReply([.. all.Select(r => ViewOf(r.Key, r.Value))]);
        if (all.TryGetValue(name, out var body)) return new ResourceReply([ViewOf(name, body)]);
        return kind == ResourceKind.Settings ? new ResourceReply([ViewOf(name, new NamespaceRule())]) : NoResource(name);
    }

    private static ResourceReply NoResource(string name) => new([], Refusal: new Refusal(RefusalKind.NotFound, $"There is no '{name}' of this kind."));

    private SortedDictionary<string, Resource> ResourcesOf(ResourceKind kind)
    {
        if (!_resources.TryGetValue(kind, out var all)) _resources.Add(kind, all = new SortedDictionary<string, Resource>(StringComparer.Ordinal));
        return all;
    }

    private T? ResourceOf<T>(ResourceKind kind, string name)
        where T : Resource =>
        _resources.TryGetValue(kind, out var all) && all.TryGetValue(name, out var found) ? (T)found : null;

    /// <summary>Makes the change effective; a null is a resource that was not there, or is no more.</summary>
    private void Apply(string name, Resource? former, Resource? body)
    {
        var kind = (body ?? former!).Kind;
        Expire(kind, name, body);
        switch (kind)
        {
            case ResourceKind.Tenant: ApplyTenant(name, (TenantRule?)former, (TenantRule?)body); break;
            case ResourceKind.Settings: ApplySettings((NamespaceRule?)body ?? new NamespaceRule()); break;
            case ResourceKind.Schedule: ApplySchedule(name, (ScheduleRule?)body); break;
            case ResourceKind.Type: ApplyType(name); break;
            case ResourceKind.Worker: ApplyOrder(name, (WorkerRule?)body); break;
            case ResourceKind.Endpoint: ApplyEndpoint(name, (EndpointRule?)body); break;
            default: ApplyRule(name, kind, former, body); break;
        }
    }

    private void Expire(ResourceKind kind, string name, Resource? body)
    {
        if (_expiries.Remove((kind, name), out var former)) _timers.Clear(former);
        var at = body switch
        {
            PauseRule pause => pause.ExpiresAt,
            BlackholeRule blackhole => blackhole.ExpiresAt,
            ShedRule shed => shed.ExpiresAt,
            WorkerRule worker => worker.ExpiresAt,
            _ => 0,
        };
        if (at == 0) return;
        var expiry = new Expiry(kind, name);
        _expiries.Add((kind, name), expiry);
        _timers.Set(expiry, at);
    }

    private void Hit(ResourceKind kind, string name, int jobs = 1)
    {
        _hits[(kind, name)] = _hits.GetValueOrDefault((kind, name)) + jobs;
        _newHits.Add((kind, name));
    }

    private void CloseHits()
    {
        if (_newHits.Count == 0) return;
        foreach (var (kind, name) in _newHits)
        {
            var body = _hits.TryGetValue((kind, name), out var hits) ? JsonSerializer.SerializeToUtf8Bytes(hits) : null;
            _work.Flush.Resources.Add(new ResourceChange(HitsKind, $"{ResourceCodec.NameOf(kind)}/{name}", body));
        }

        _newHits.Clear();
    }

    /// <summary>Takes in what the store knows, before there are lanes.</summary>
    private void RecoverResources(IReadOnlyList<ResourceChange> resources)
    {
        foreach (var resource in resources)
        {
            if (ResourceCodec.TryKind(resource.Kind, out var kind))
            {
                var body = ResourceCodec.Decode(kind, resource.Body!);
                ResourcesOf(kind)[resource.Name] = body;
                if (kind != ResourceKind.Schedule) Apply(resource.Name, null, body);
            }
            else if (resource is { Kind: RetentionKind, Body: { } retention })
            {
                RecoverRetention(retention);
            }
            else if (resource.Kind == HitsKind)
            {
                var slash = resource.Name.IndexOf('/', StringComparison.Ordinal);
                if (ResourceCodec.TryKind(resource.Name[..slash], out kind)) _hits[(kind, resource.Name[(slash + 1)..])] = JsonSerializer.Deserialize<long>(resource.Body);
            }
        }

        RecoverSchedules(resources);
        RecoverBatches(resources);
    }
}
