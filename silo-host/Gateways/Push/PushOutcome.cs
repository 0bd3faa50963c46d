namespace Worcr.SiloHost.Gateways.Push;

/// <summary>How a request ended.</summary>
/// <param name="Verdict">What it did for its job.</param>
/// <param name="Signal">What it says about the endpoint.</param>
internal sealed record PushOutcome(PushVerdict Verdict, PushSignal Signal)
{
    /// <summary>The error code of a request without an answer.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The error code of a request that was not answered in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The error code of an endpoint to which the silo does not connect.</summary>
    public const string RefusedAddress = "refused_address";

    /// <summary>The error code of an answer that cannot be understood or kept.</summary>
    public const string BadAnswer = "bad_answer";

    /// <summary>The job's result, UTF-8 JSON, or null.</summary>
    public byte[]? Result { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public JobError? Error { get; init; }

    /// <summary>How long the endpoint wants to be left alone, in milliseconds; 0: not said.</summary>
    public long RestMs { get; init; }

    /// <summary>Nobody waits for the answer any more.</summary>
    public static PushOutcome Aborted { get; } = new(PushVerdict.Aborted, PushSignal.None);

    /// <summary>The endpoint goes on by itself.</summary>
    public static PushOutcome GoesOn { get; } = new(PushVerdict.GoesOn, PushSignal.Alive);

    /// <summary>The job is done.</summary>
    public static PushOutcome Done(byte[]? result) => new(PushVerdict.Done, PushSignal.Alive) { Result = result };

    /// <summary>The attempt failed.</summary>
    public static PushOutcome Failed(PushSignal signal, string code, string message, bool final = false) =>
        new(PushVerdict.Failed, signal) { Error = new JobError(code, message, Final: final) };
}
