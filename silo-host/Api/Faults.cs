using Worcr.Protocol;
using Worcr.Protocol.Worker;

namespace Worcr.SiloHost.Api;

/// <summary>The one mapping from what dispatchers refuse to error codes.</summary>
public static class Faults
{
    /// <summary>The error of a refusal.</summary>
    public static Fault From(Refusal refusal) => new(CodeOf(refusal.Kind), refusal.Detail, refusal.Field, refusal.RetryAfterMs);

    /// <summary>The code of a kind of refusal.</summary>
    public static ErrorCode CodeOf(RefusalKind kind) => kind switch
    {
        RefusalKind.NotFound => ErrorCodes.NotFound,
        RefusalKind.UniqueConflict => ErrorCodes.UniqueConflict,
        RefusalKind.IllegalTransition => ErrorCodes.IllegalTransition,
        RefusalKind.Invalid => ErrorCodes.InvalidField,
        RefusalKind.TooLarge => ErrorCodes.TooLarge,
        RefusalKind.Overloaded => ErrorCodes.Overloaded,
        RefusalKind.Draining => ErrorCodes.Draining,
        RefusalKind.Ended => WorkerErrors.Ended,
        _ => ErrorCodes.Internal,
    };
}
