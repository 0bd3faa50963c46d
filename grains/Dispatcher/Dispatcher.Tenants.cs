using System.Text.Json;

namespace Worcr.Grains;

/// <summary>What operators say about tenants; takes effect on the next choice.</summary>
public sealed partial class Dispatcher
{
    private const string TenantKind = "tenant";
    private const int MaxTenantSettings = 100_000;

    private readonly SortedDictionary<string, TenantSettings> _tenantSettings = new(StringComparer.Ordinal);

    private void Tenants(Envelope envelope, TenantsRequest request)
    {
        Answer(envelope, request switch
        {
            TenantsRequest.Put put => PutTenant(put),
            TenantsRequest.Delete delete => DeleteTenant(delete.Name),
            TenantsRequest.Read { Name: { } name } => ReadTenant(name),
            _ => new TenantsReply([.. _tenantSettings]),
        });
    }

    private TenantsReply PutTenant(TenantsRequest.Put put)
    {
        var isNew = !_tenantSettings.ContainsKey(put.Name);
        if (isNew && _tenantSettings.Count >= MaxTenantSettings)
        {
            return new TenantsReply([], Refusal: new Refusal(RefusalKind.TooLarge, $"A namespace has settings for at most {MaxTenantSettings} tenants."));
        }

        _tenantSettings[put.Name] = put.Settings;
        SetShare(put.Name, put.Settings.Share);
        _work.Flush.Resources.Add(new ResourceChange(TenantKind, put.Name, JsonSerializer.SerializeToUtf8Bytes(put.Settings)));
        return new TenantsReply([KeyValuePair.Create(put.Name, put.Settings)], isNew);
    }

    private TenantsReply DeleteTenant(string name)
    {
        if (!_tenantSettings.Remove(name, out var settings)) return NoTenant(name);
        SetShare(name, 1);
        _work.Flush.Resources.Add(new ResourceChange(TenantKind, name, null));
        return new TenantsReply([KeyValuePair.Create(name, settings)]);
    }

    private TenantsReply ReadTenant(string name) =>
        _tenantSettings.TryGetValue(name, out var settings) ? new TenantsReply([KeyValuePair.Create(name, settings)]) : NoTenant(name);

    private static TenantsReply NoTenant(string name) =>
        new([], Refusal: new Refusal(RefusalKind.NotFound, $"There are no settings for tenant '{name}'."));

    private void SetShare(string name, double share)
    {
        if (_tenants.TryGetValue(name, out var tenant)) tenant.Fair.Share = share;
    }

    private void RecoverTenants(IReadOnlyList<ResourceChange> resources)
    {
        foreach (var resource in resources)
        {
            if (resource.Kind == TenantKind) _tenantSettings[resource.Name] = JsonSerializer.Deserialize<TenantSettings>(resource.Body!)!;
        }
    }
}
