namespace Worcr.Testing.Model;

/// <summary>How a held commit of the <see cref="ModelJobStore"/> ends.</summary>
public enum ModelCommitEnd
{
    /// <summary>Written, and the caller is told.</summary>
    Written,

    /// <summary>Not written; <see cref="StoreTransientException"/>.</summary>
    Refused,

    /// <summary>Not written; <see cref="StoreOutcomeUnknownException"/>.</summary>
    LostBefore,

    /// <summary>Written; <see cref="StoreOutcomeUnknownException"/>.</summary>
    LostAfter,
}
