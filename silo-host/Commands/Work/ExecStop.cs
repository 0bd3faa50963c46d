namespace Worcr.SiloHost.Commands.Work;

/// <summary>Why a program was told to stop.</summary>
public enum ExecStop
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The server or the operator wants the job back.</summary>
    Interrupted,

    /// <summary>The attempt's time was over.</summary>
    TimedOut,
}
