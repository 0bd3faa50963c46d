namespace Worcr.Grains;

/// <summary>What of a type's policy was violated.</summary>
public enum ViolationKind
{
    /// <summary>The attempt runs longer than allowed.</summary>
    MaxRunTime,

    /// <summary>It runs without a checkpoint for longer than allowed.</summary>
    CheckpointEvery,
}
