namespace Worcr.SiloHost.Commands;

/// <summary>What the process exits with.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Could not be done.</summary>
    public const int Failure = 1;

    /// <summary>The call is wrong.</summary>
    public const int Usage = 2;

    /// <summary><c>apply --dry-run</c>: something would change.</summary>
    public const int Differences = 2;

    /// <summary>Ended by Ctrl-C before it was done.</summary>
    public const int Interrupted = 130;
}
