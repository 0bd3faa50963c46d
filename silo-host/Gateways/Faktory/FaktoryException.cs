namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>A command that is not carried out; the connection goes on.</summary>
/// <param name="text">What the client is told.</param>
/// <param name="code">The word before it.</param>
internal sealed class FaktoryException(string text, string code = "ERR") : Exception(text)
{
    /// <summary>The word before the text.</summary>
    public string Code { get; } = code;

    /// <summary>JSON that is none, or of the wrong shape.</summary>
    public static FaktoryException Json(string what) => new($"invalid JSON: {what}");

    /// <summary>A bid that is nobody's.</summary>
    public static FaktoryException NoBatch(string bid) => new($"No such batch {bid}");

    /// <summary>What the dispatcher refused.</summary>
    public static FaktoryException Of(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.UniqueConflict => new FaktoryException("Job not unique", "NOTUNIQUE"),
        RefusalKind.Draining => new FaktoryException("shutdown in progress"),
        RefusalKind.Invalid when refusal.Field?.EndsWith(".batch", StringComparison.Ordinal) == true => new FaktoryException("No such batch"),
        _ => new FaktoryException(refusal.Detail),
    };
}
