namespace Worcr.SiloHost.Commands.Work;

/// <summary>What a program's end means for its job.</summary>
public static class ExecVerdict
{
    /// <summary>The exit code by which a program gives its job back (EX_TEMPFAIL of sysexits.h).</summary>
    public const int TempFail = 75;

    private const int SignalBase = 128;
    private const int Kill = SignalBase + 9;
    private const int Term = SignalBase + 15;

    /// <summary>Judges a program that has ended.</summary>
    /// <param name="exitCode">Its exit code; 128 + n when signal n ended it.</param>
    /// <param name="stop">Whether it was told to stop, and why.</param>
    /// <param name="output">What it wrote.</param>
    /// <param name="errorTail">The end of what it wrote to standard error.</param>
    public static ExecResult Judge(int exitCode, ExecStop stop, ExecOutput output, string errorTail) => (exitCode, stop) switch
    {
        (0, _) when output.IsTooLarge => new ExecResult.Fail("result_too_large", $"standard output is longer than {ExecOutput.MaxResultBytes:N0} bytes"),
        (0, _) => new ExecResult.Complete(output.ResultJson()),
        (_, ExecStop.TimedOut) => new ExecResult.Fail("timeout", Message("ran out of time", errorTail)),
        (TempFail, _) => new ExecResult.Yield("exit code 75"),
        (_, ExecStop.Interrupted) => new ExecResult.Yield("interrupted"),
        (Term, _) => new ExecResult.Yield("SIGTERM"),
        (Kill, _) => new ExecResult.Fail("exit_137", Message("was killed (SIGKILL)", errorTail)),
        _ => new ExecResult.Fail($"exit_{exitCode}", Message($"exit code {exitCode}", errorTail)),
    };

    private static string Message(string what, string errorTail) => errorTail.Length == 0 ? what : $"{what}: {errorTail}";
}
