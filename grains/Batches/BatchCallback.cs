namespace Worcr.Grains.Batches;

/// <summary>The jobs that a batch can enqueue. The numbers are stored.</summary>
[Flags]
internal enum BatchCallback
{
    None = 0,

    /// <summary>All members have succeeded.</summary>
    Success = 1,

    /// <summary>The first member has ended otherwise.</summary>
    Failure = 2,

    /// <summary>All members have ended.</summary>
    Complete = 4,
}
