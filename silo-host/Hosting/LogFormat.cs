namespace Worcr.SiloHost.Hosting;

/// <summary>How log lines look.</summary>
public enum LogFormat
{
    /// <summary>One line of text each.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
