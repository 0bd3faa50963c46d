using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>Puts, deletes or reads resources: rules, limits, schedules, tenants, types, endpoints, settings.</summary>
public abstract record ResourceRequest
{
    /// <summary>Puts one; it takes effect with the answer.</summary>
    public sealed record Put(string Name, Resource Body) : ResourceRequest;

    /// <summary>Deletes one.</summary>
    public sealed record Delete(ResourceKind Kind, string Name) : ResourceRequest;

    /// <summary>Reads one (null: all of the kind), with live figures.</summary>
    public sealed record Read(ResourceKind Kind, string? Name) : ResourceRequest;

    /// <summary>Says what a rule would be and meet if it were put: how many waiting jobs match, what is wrong with it. Changes nothing.</summary>
    public sealed record Preview(string Name, Resource Body) : ResourceRequest;

    /// <summary>How an endpoint stands, for those who read it; kept in memory only.</summary>
    public sealed record Note(string Endpoint, EndpointFigures Figures) : ResourceRequest;
}
