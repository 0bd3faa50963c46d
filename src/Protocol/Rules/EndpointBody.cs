using System.Text;

namespace Worcr.Protocol;

/// <summary>A worker behind an address that jobs are sent to: the body of <c>PUT /v1/endpoints/{name}</c>.</summary>
public record EndpointBody : ResourceBody
{
    /// <summary>Where to: an absolute http or https address without user, password and fragment.</summary>
    public required string Url { get; init; }

    /// <summary>Types it takes, at least one; <c>*</c> is all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Its tags. Default: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Queue labels it takes. Default: all.</summary>
    public IReadOnlyList<string>? Queues { get; init; }

    /// <summary>How many jobs it runs at once, 1 to 1,000. Default: 10.</summary>
    public int? Slots { get; init; }

    /// <summary>How long it may take to answer, 1h at most. Default: 30s.</summary>
    public Duration? Timeout { get; init; }

    /// <summary>
    /// What requests are signed with: <c>whsec_</c> and the base64 of 24 to 64 bytes. Absent: the one it has, or a new one, which the answer that makes the endpoint shows; no other
    /// answer shows a secret.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>Whether requests carry the attributes of a CloudEvent (binary mode). Default: false.</summary>
    public bool? CloudEvents { get; init; }

    /// <summary>Whether it is sent nothing. Default: false.</summary>
    public bool? Paused { get; init; }

    /// <summary>Holds no secret: a body may end up in a log.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(Url);
        return true;
    }
}
