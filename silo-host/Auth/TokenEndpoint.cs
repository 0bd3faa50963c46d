using Worcr.Protocol;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Auth;

/// <summary><c>POST /v1/tokens</c>: a token for no more than its asker may do itself.</summary>
internal sealed class TokenEndpoint(WorkerTokens tokens, TimeProvider time)
{
    /// <summary>With <c>WORCR_AUTH=off</c> nobody is asked who he is. Such a token is good for nothing once keys are on.</summary>
    private static readonly Principal Everybody = new("everybody", Role.Operator, null) { KeyId = "off" };

    private static readonly Fault NoTokens = new(ErrorCodes.Forbidden, "A token cannot ask for tokens; that takes a key.");

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var (request, fault) = await SmallBody.ReadAsync(context, StrictProtocolJson.Default.TokenRequest);
        fault ??= new QueryReader(context).Finish() ?? Check(request!);
        var asker = context.Features.Get<Principal>() ?? Everybody;
        var space = context.GetRouteValue("namespace") as string ?? ApiNamespace.Default;
        if (!ApiNamespace.IsValid(space)) fault = ApiNamespace.Invalid;
        if (asker.Scope is not null) fault = NoTokens;
        if (fault is not null)
        {
            await Answers.FailAsync(context, fault);
            return;
        }

        var scope = new WorkerScope(request!.Types, request.Tags ?? [], request.Slots ?? KeyBounds.DefaultSlots);
        var grant = new WorkerGrant(asker.KeyId, asker.Name, space, scope, EndOf(request, asker));
        var token = await tokens.SignAsync(grant, context.RequestAborted);
        if (token.Length > KeyBounds.TokenLength)
        {
            await Answers.FailAsync(context, FieldChecks.Invalid("types", $"are too long together with the tags: a token has at most {KeyBounds.TokenLength} characters"));
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        await Answers.WriteAsync(context, StatusCodes.Status201Created, new TokenAnswer(token, grant.ExpiresAt), ProtocolJson.Default.TokenAnswer);
    }

    private static Fault? Check(TokenRequest request) =>
        (request.Types.Count == 0 ? FieldChecks.Invalid("types", "must name a type; * is all") : null)
        ?? FieldChecks.Names("types", request.Types, KeyBounds.Types)
        ?? FieldChecks.Names("tags", request.Tags, KeyBounds.Tags)
        ?? FieldChecks.Whole("slots", request.Slots, 1, WorkerBounds.Slots)
        ?? (request.Ttl is { Milliseconds: < KeyBounds.MinTtlMs or > KeyBounds.MaxTtlMs } ? FieldChecks.Invalid("ttl", "must be from 10s to 24h") : null);

    /// <summary>To the second, as tokens say it: what is answered is what holds.</summary>
    private DateTimeOffset EndOf(TokenRequest request, Principal asker)
    {
        var end = time.GetUtcNow().ToUnixTimeMilliseconds() + (request.Ttl?.Milliseconds ?? KeyBounds.DefaultTtlMs);
        if (asker.ExpiresAt > 0) end = Math.Min(end, asker.ExpiresAt);
        return DateTimeOffset.FromUnixTimeSeconds(end / 1_000);
    }
}
