using Microsoft.IdentityModel.JsonWebTokens;

namespace Worcr.SiloHost.Auth;

/// <summary>The names of a token's claims, and their values.</summary>
internal static class TokenClaims
{
    public const string Key = "key";
    public const string Subject = "sub";
    public const string Namespace = "ns";
    public const string Types = "types";
    public const string Tags = "tags";
    public const string Slots = "slots";

    /// <summary>What a token says whose signature is good; null when a claim is missing.</summary>
    public static WorkerGrant? Read(JsonWebToken token)
    {
        if (!token.TryGetPayloadValue<string>(Key, out var key) || !token.TryGetPayloadValue<string>(Namespace, out var space)) return null;
        if (!token.TryGetPayloadValue<string[]>(Types, out var types) || !token.TryGetPayloadValue<string[]>(Tags, out var tags)) return null;
        if (!token.TryGetPayloadValue<int>(Slots, out var slots)) return null;
        return new WorkerGrant(key, token.Subject, space, new WorkerScope(types, tags, slots), new DateTimeOffset(token.ValidTo, TimeSpan.Zero));
    }
}
