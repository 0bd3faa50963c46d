using System.Text.Json.Serialization;

namespace Worcr.Core.Rules;

/// <summary>Something an operator says about a namespace: a rule, a limit, a schedule, a tenant. Immutable; stored as JSON.</summary>
public abstract record Resource
{
    /// <summary>Which of the kinds it is.</summary>
    [JsonIgnore]
    public abstract ResourceKind Kind { get; }

    /// <summary>What is kept when it is put in place of another of its name, or where there was none.</summary>
    public virtual Resource Over(Resource? former) => this;
}
