using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Worcr.Protocol;

namespace Worcr.SiloHost.Auth;

/// <summary>
/// Short-lived tokens for workers that cannot keep a key, such as browser tabs: JSON Web Tokens, signed with HMAC-SHA256 and nothing else. Nothing is kept of them; a
/// token ends at its time, or with the key that asked for it.
/// </summary>
internal sealed class WorkerTokens(TokenSecret secret, TimeProvider time)
{
    private const string Issuer = "worcr";
    private const string Audience = "worcr-worker";
    private const string Type = "worcr-worker+jwt";
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = KeyBounds.TokenLength };

    /// <summary>Signs.</summary>
    public async ValueTask<string> SignAsync(WorkerGrant grant, CancellationToken cancel)
    {
        var key = new SymmetricSecurityKey(await secret.GetAsync(cancel));
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            TokenType = Type,
            IssuedAt = time.GetUtcNow().UtcDateTime,
            Expires = grant.ExpiresAt.UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            Claims = new Dictionary<string, object>
            {
                [TokenClaims.Key] = grant.KeyId,
                [TokenClaims.Subject] = grant.KeyName,
                [TokenClaims.Namespace] = grant.Namespace,
                [TokenClaims.Types] = grant.Scope.Types.ToArray(),
                [TokenClaims.Tags] = grant.Scope.Tags.ToArray(),
                [TokenClaims.Slots] = grant.Scope.Slots,
            },
        });
    }

    /// <summary>What a token says; null when it is not one of ours, was changed, or has ended.</summary>
    public async ValueTask<WorkerGrant?> ReadAsync(string token, CancellationToken cancel)
    {
        if (token.Length > KeyBounds.TokenLength) return null;
        var result = await Handler.ValidateTokenAsync(token, Rules(await secret.GetAsync(cancel)));
        return result.IsValid && result.SecurityToken is JsonWebToken valid ? TokenClaims.Read(valid) : null;
    }

    private TokenValidationParameters Rules(byte[] key) => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = Audience,
        ValidTypes = [Type],
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        IssuerSigningKey = new SymmetricSecurityKey(key),
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (_, expires, _, _) => expires is { } end && end > time.GetUtcNow().UtcDateTime,
        LogValidationExceptions = false,
    };
}
