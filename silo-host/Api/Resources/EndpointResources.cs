using System.Net;
using Worcr.Core.Rules;
using Worcr.Protocol;
using Worcr.SiloHost.Outgoing;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/endpoints</c></summary>
internal sealed class EndpointResources(AddressRule addresses) : TypedDescription<EndpointBody, EndpointRule, EndpointDocument>(ResourceKind.Endpoint, "endpoints", "endpoint")
{
    private static readonly EndpointRule Defaults = new("", []) { Secret = "" };

    /// <summary>The only answer with a secret: nobody could know it otherwise.</summary>
    public override ResourceView Made(Resource sent, ResourceView made) => sent is EndpointRule { IsSecretNew: true } ? made with { Body = sent } : made;

    protected override Fault? Convert(EndpointBody body, out EndpointRule? rule)
    {
        rule = null;
        var fault = CheckUrl(body.Url) ?? CheckWork(body) ?? CheckSecret(body.Secret);
        if (fault is not null) return fault;
        rule = new EndpointRule(body.Url, body.Types)
        {
            Tags = body.Tags ?? Defaults.Tags,
            Queues = body.Queues ?? Defaults.Queues,
            Slots = body.Slots ?? Defaults.Slots,
            TimeoutMs = body.Timeout?.Milliseconds ?? Defaults.TimeoutMs,
            Secret = body.Secret ?? WebhookSecret.New(),
            IsSecretNew = body.Secret is null,
            CloudEvents = body.CloudEvents ?? Defaults.CloudEvents,
            IsPaused = body.Paused ?? Defaults.IsPaused,
        };
        return null;
    }

    protected override EndpointDocument DocumentOf(string name, EndpointRule rule, ResourceFigures figures)
    {
        var now = figures.Endpoint ?? new EndpointFigures(EndpointState.Open);
        var state = rule.IsPaused ? EndpointState.Paused : now.State;
        return new EndpointDocument
        {
            Name = name,
            Url = rule.Url,
            Types = rule.Types,
            Tags = rule.Tags,
            Queues = rule.Queues,
            Slots = rule.Slots,
            Timeout = Spans.Of(rule.TimeoutMs),
            Secret = rule.IsSecretNew ? rule.Secret : null,
            CloudEvents = rule.CloudEvents,
            Paused = rule.IsPaused,
            SecretDigest = WebhookSecret.DigestOf(rule.Secret),
            State = WireChoices.EndpointState.NameOf(state),
            RestsUntil = state == EndpointState.Resting ? WireTime.From(now.RestsUntil) : null,
            InFlight = now.InFlight,
            Delivered = now.Delivered,
            Failed = now.Failed,
            Answers = AnswersOf(now.Answers),
            Rests = now.Rests,
            LastError = now.LastError is { } error ? new EndpointError(error.Code, error.Message, DateTimeOffset.FromUnixTimeMilliseconds(now.LastErrorAt)) : null,
        };
    }

    private static EndpointAnswersDocument AnswersOf(EndpointAnswers a) => new(a.Done, a.Later, a.Refused, a.Bad, a.Timeout, a.Unreachable);

    private static Fault? CheckWork(EndpointBody body) =>
        (body.Types.Count == 0 ? FieldChecks.Invalid("types", "at least one is needed; * is all") : null)
        ?? FieldChecks.Names("types", body.Types, WireLimits.EndpointTypes)
        ?? FieldChecks.Names("tags", body.Tags, WireLimits.Tags)
        ?? FieldChecks.Names("queues", body.Queues, WireLimits.EndpointTypes)
        ?? FieldChecks.Whole("slots", body.Slots, 1, WireLimits.EndpointSlots)
        ?? FieldChecks.Longer("timeout", body.Timeout)
        ?? (body.Timeout is { Milliseconds: > WireLimits.EndpointTimeoutMs } ? FieldChecks.Invalid("timeout", "must be at most 1h") : null);

    private static Fault? CheckSecret(string? secret) =>
        secret is null || WebhookSecret.IsValid(secret) ? null : FieldChecks.Invalid("secret", WebhookSecret.Rule);

    private Fault? CheckUrl(string text)
    {
        if (text.Length > WireLimits.UrlLength) return FieldChecks.Invalid("url", $"must have at most {WireLimits.UrlLength} characters");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0) return FieldChecks.Invalid("url", "must be an http or https address");
        if (url.UserInfo.Length > 0) return FieldChecks.Invalid("url", "must hold no user and no password");
        if (url.Fragment.Length > 0) return FieldChecks.Invalid("url", "must hold no fragment");
        return IPAddress.TryParse(url.DnsSafeHost, out var address) && !addresses.Allows(address)
            ? FieldChecks.Invalid("url", "is no public address; WORCR_PUSH_ALLOW can allow it")
            : null;
    }
}
