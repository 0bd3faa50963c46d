using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>When a rule ends by itself.</summary>
internal static class ExpiringRules
{
    /// <summary>The end in Unix milliseconds (0: none), or what is wrong with it.</summary>
    public static Fault? Read(ExpiringBody body, TimeProvider time, out long expiresAt)
    {
        expiresAt = 0;
        if (body is { ExpiresAt: not null, ExpiresIn: not null }) return FieldChecks.Invalid("expiresIn", "cannot be given together with expiresAt");
        if (FieldChecks.Longer("expiresIn", body.ExpiresIn) is { } fault) return fault;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (body.ExpiresIn is { } span) expiresAt = now + span.Milliseconds;
        if (body.ExpiresAt is not { } at) return null;
        expiresAt = at.ToUnixTimeMilliseconds();
        if (expiresAt <= now) return FieldChecks.Invalid("expiresAt", "is in the past");
        return expiresAt > now + Duration.Max.Milliseconds ? FieldChecks.Invalid("expiresAt", "must not be more than ten years ahead") : null;
    }
}
