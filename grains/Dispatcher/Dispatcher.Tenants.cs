using System.Text.Json;
using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>What operators say about tenants; takes effect on the next choice.</summary>
public sealed partial class Dispatcher
{
    private const string TenantKind = "tenant";
    private const int MaxTenantSettings = 100_000;

    private readonly SortedDictionary<string, TenantRule> _tenantSettings = new(StringComparer.Ordinal);

    private void Resources(Envelope envelope, ResourceRequest request)
    {
        Answer(envelope, request switch
        {
            ResourceRequest.Put { Body: TenantRule rule } put => PutTenant(put.Name, rule),
            ResourceRequest.Delete { Kind: ResourceKind.Tenant } delete => DeleteTenant(delete.Name),
            ResourceRequest.Read { Kind: ResourceKind.Tenant, Name: { } name } => ReadTenant(name),
            ResourceRequest.Read { Kind: ResourceKind.Tenant } => new ResourceReply([.. _tenantSettings.Select(t => View(t.Key, t.Value))]),
            _ => throw new NotSupportedException($"No dispatcher understands {request}."),
        });
    }

    private ResourceReply PutTenant(string name, TenantRule rule)
    {
        var isNew = !_tenantSettings.ContainsKey(name);
        if (isNew && _tenantSettings.Count >= MaxTenantSettings)
        {
            return new ResourceReply([], Refusal: new Refusal(RefusalKind.TooLarge, $"A namespace has settings for at most {MaxTenantSettings} tenants."));
        }

        _tenantSettings[name] = rule;
        SetShare(name, rule.Share);
        _work.Flush.Resources.Add(new ResourceChange(TenantKind, name, JsonSerializer.SerializeToUtf8Bytes(rule)));
        return new ResourceReply([View(name, rule)], isNew);
    }

    private ResourceReply DeleteTenant(string name)
    {
        if (!_tenantSettings.Remove(name, out var settings)) return NoTenant(name);
        SetShare(name, 1);
        _work.Flush.Resources.Add(new ResourceChange(TenantKind, name, null));
        return new ResourceReply([View(name, settings)]);
    }

    private ResourceReply ReadTenant(string name) =>
        _tenantSettings.TryGetValue(name, out var settings) ? new ResourceReply([View(name, settings)]) : NoTenant(name);

    private static ResourceView View(string name, TenantRule rule) => new(name, rule, ResourceFigures.None);

    private static ResourceReply NoTenant(string name) =>
        new([], Refusal: new Refusal(RefusalKind.NotFound, $"There are no settings for tenant '{name}'."));

    private void SetShare(string name, double share)
    {
        if (_tenants.TryGetValue(name, out var tenant)) tenant.Fair.Share = share;
    }

    private void RecoverTenants(IReadOnlyList<ResourceChange> resources)
    {
        foreach (var resource in resources)
        {
            if (resource.Kind == TenantKind) _tenantSettings[resource.Name] = JsonSerializer.Deserialize<TenantRule>(resource.Body!)!;
        }
    }
}
