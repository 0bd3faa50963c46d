namespace Worcr.Core.Rules;

/// <summary>What happens when a job runs longer, or without a checkpoint, than its <see cref="TypeRule"/> allows.</summary>
public enum ViolationAction
{
    /// <summary>It is counted and shown.</summary>
    Report,

    /// <summary>Also its worker is asked to yield.</summary>
    Interrupt,

    /// <summary>Also the job goes on with a tenth of its weight.</summary>
    Deprioritise,
}
