namespace Worcr.SiloHost.Commands.Work;

/// <summary>How a program's attempt ended.</summary>
public abstract record ExecResult
{
    /// <summary>Done. <paramref name="Json"/> is its result, or null.</summary>
    public sealed record Complete(string? Json) : ExecResult;

    /// <summary>Failed.</summary>
    public sealed record Fail(string Code, string Message) : ExecResult;

    /// <summary>Given back unfinished.</summary>
    public sealed record Yield(string Reason) : ExecResult;
}
