using Worcr.Protocol;

namespace Worcr.Client;

/// <summary>A call that the server refused, or whose outcome is not known.</summary>
public sealed class WorcrException : Exception
{
    internal WorcrException(int status, string code, string message, Exception? inner = null)
        : base(message, inner) => (Status, Code) = (status, code);

    /// <summary>The HTTP status; 0 when there was no answer.</summary>
    public int Status { get; }

    /// <summary>The stable code, such as <c>invalid_field</c>; <c>outcome_unknown</c> and <c>unreachable</c> are the client's own.</summary>
    public string Code { get; }

    /// <summary>The fields at fault, when there are any.</summary>
    public IReadOnlyList<ProblemError> Errors { get; internal init; } = [];

    /// <summary>When the server wants to be asked again, if it said so.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>Whether the call may have taken effect all the same: the connection broke, or the server lost sight of it.</summary>
    public bool IsOutcomeUnknown => Code is UnknownCode or "unavailable";

    /// <summary>Whether the hub answered with a refusal (and not: the connection broke).</summary>
    internal bool IsRefusal { get; init; }

    internal const string UnknownCode = "outcome_unknown";
    internal const string UnreachableCode = "unreachable";
    internal const string LeaseLostCode = "lease_lost";
}
