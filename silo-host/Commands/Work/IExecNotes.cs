namespace Worcr.SiloHost.Commands.Work;

/// <summary>Takes what a program says while it runs.</summary>
public interface IExecNotes
{
    /// <summary>Saves a named JSON value for the next attempt.</summary>
    Task CheckpointAsync(string name, string json);

    /// <summary>Shows a named done/total pair.</summary>
    Task ProgressAsync(string name, double done, double total);

    /// <summary>Adds a line to the job's log.</summary>
    Task LogAsync(string level, string line);
}
