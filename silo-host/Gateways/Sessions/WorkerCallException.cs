using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Gateways.Sessions;

/// <summary>A worker's call that is not carried out.</summary>
/// <param name="code">The stable code.</param>
/// <param name="detail">For people.</param>
/// <param name="field">The part of the call that is at fault, or null.</param>
/// <param name="retryAfterMs">When to try again, in milliseconds; 0: not said.</param>
public sealed class WorkerCallException(ErrorCode code, string detail, string? field = null, long retryAfterMs = 0) : Exception(detail)
{
    /// <summary>The stable code.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>The part of the call that is at fault, or null.</summary>
    public string? Field { get; } = field;

    /// <summary>When to try again, in milliseconds; 0: not said.</summary>
    public long RetryAfterMs { get; } = retryAfterMs;

    /// <summary>Whether the call itself is wrong, so that trying it again is useless.</summary>
    public bool IsFaulty => Code.Status is >= 400 and < 429 or 501;

    /// <summary>The text of the hub's errors: <c>code: field: detail</c>.</summary>
    public string Text => Field is null ? $"{Code.Code}: {Message}" : $"{Code.Code}: {Field}: {Message}";

    /// <summary>A value is wrong.</summary>
    public static WorkerCallException Invalid(string field, string detail) => new(ErrorCodes.InvalidField, detail, field);

    /// <summary>More than a bound allows.</summary>
    public static WorkerCallException TooLarge(string field, string detail) => new(ErrorCodes.TooLarge, detail, field);

    /// <summary>What the dispatcher refused.</summary>
    public static WorkerCallException Of(Refusal refusal) => new(Faults.CodeOf(refusal.Kind), refusal.Detail, refusal.Field, refusal.RetryAfterMs);

    /// <summary>The dispatcher does not answer.</summary>
    public static WorkerCallException Unavailable(DispatcherUnavailableException why) =>
        new(why is NamespaceLimitException ? ErrorCodes.Overloaded : ErrorCodes.Unavailable, why.Message, retryAfterMs: why is StoreStalledException ? StoreStalledException.RetryAfterMs : 0);
}
