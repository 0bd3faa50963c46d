namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>What came of reading a line.</summary>
public enum LineRead
{
    /// <summary>A line that ended with CR LF.</summary>
    Line,

    /// <summary>A line that ended with LF alone.</summary>
    BareLine,

    /// <summary>More bytes than a line may have.</summary>
    TooLong,

    /// <summary>No line: the client has gone, was cut off, or the silo leaves.</summary>
    End,
}
