using System.Text;
using System.Text.Json.Serialization;

namespace Worcr.Core.Rules;

/// <summary>A worker behind an address that jobs are sent to.</summary>
/// <param name="Url">Where to, http or https.</param>
/// <param name="Types">Types it takes; <c>*</c> is all.</param>
public sealed record EndpointRule(string Url, IReadOnlyList<string> Types) : Resource
{
    private const string WorkerPrefix = "endpoint:";

    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Endpoint;

    /// <summary>What an endpoint is called as a worker.</summary>
    public static string WorkerOf(string name) => WorkerPrefix + name;

    /// <summary>The endpoint that a worker is, or null.</summary>
    public static string? EndpointOf(string worker) => worker.StartsWith(WorkerPrefix, StringComparison.Ordinal) ? worker[WorkerPrefix.Length..] : null;

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Queue labels it takes; empty is all.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>How many jobs it runs at once. Default: 10.</summary>
    public int Slots { get; init; } = 10;

    /// <summary>How long it may take to answer, in milliseconds. Default: 30 seconds.</summary>
    public long TimeoutMs { get; init; } = 30_000;

    /// <summary>What requests are signed with: <c>whsec_</c> and base64.</summary>
    public required string Secret { get; init; }

    /// <summary>Nobody gave the secret: it holds only where there is none yet.</summary>
    [JsonIgnore]
    public bool IsSecretNew { get; init; }

    /// <summary>Whether requests carry the attributes of a CloudEvent. Default: false.</summary>
    public bool CloudEvents { get; init; }

    /// <summary>Whether it is sent nothing. Default: false.</summary>
    public bool IsPaused { get; init; }

    /// <inheritdoc />
    public override Resource Over(Resource? former) =>
        !IsSecretNew ? this
        : former is EndpointRule known ? this with { Secret = known.Secret, IsSecretNew = false }
        : this with { IsSecretNew = false };

    /// <summary>Whether both take the same jobs.</summary>
    public bool TakesAs(EndpointRule other) =>
        Types.SequenceEqual(other.Types, StringComparer.Ordinal)
        && Tags.SequenceEqual(other.Tags, StringComparer.Ordinal)
        && Queues.SequenceEqual(other.Queues, StringComparer.Ordinal);

    /// <summary>Holds no secret: a rule may end up in a log.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(Url);
        return true;
    }
}
