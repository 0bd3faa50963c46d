namespace Worcr.Core.Rules;

/// <summary>The kinds of resources of a namespace. Names are unique within a kind.</summary>
public enum ResourceKind
{
    /// <summary><see cref="WeightRule"/></summary>
    Weight,

    /// <summary><see cref="RouteRule"/></summary>
    Route,

    /// <summary><see cref="LimitRule"/></summary>
    Limit,

    /// <summary><see cref="ScheduleRule"/></summary>
    Schedule,

    /// <summary><see cref="TenantRule"/></summary>
    Tenant,

    /// <summary><see cref="TypeRule"/></summary>
    Type,

    /// <summary><see cref="PauseRule"/></summary>
    Pause,

    /// <summary><see cref="BlackholeRule"/></summary>
    Blackhole,

    /// <summary><see cref="ShedRule"/></summary>
    Shed,

    /// <summary><see cref="EndpointRule"/></summary>
    Endpoint,

    /// <summary><see cref="WorkerRule"/></summary>
    Worker,

    /// <summary><see cref="NamespaceRule"/>; there is one, named <c>settings</c>.</summary>
    Settings,
}
