namespace Worcr.Core.Rules;

/// <summary>What a <see cref="ShedRule"/> does with a job.</summary>
public enum ShedAction
{
    /// <summary>The producer is refused and may try again.</summary>
    Reject,

    /// <summary>The job is accepted and discarded at once: its record stays as the receipt.</summary>
    Discard,

    /// <summary>The job is accepted and becomes ready later.</summary>
    Defer,
}
