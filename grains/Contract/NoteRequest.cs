namespace Worcr.Grains;

/// <summary>Something about a running job.</summary>
public abstract record NoteRequest(LeaseToken Lease)
{
    /// <summary>Save a named value for the next attempt. UTF-8 JSON; all checkpoints of a job together at most 1 MiB.</summary>
    public sealed record Checkpoint(LeaseToken Lease, string Name, byte[] Value) : NoteRequest(Lease);

    /// <summary>A named done/total pair.</summary>
    public sealed record Progress(LeaseToken Lease, string Name, double Done, double Total) : NoteRequest(Lease);

    /// <summary>Log lines, each at most 8 KiB.</summary>
    public sealed record Log(LeaseToken Lease, string Level, string Line) : NoteRequest(Lease);

    /// <summary>The lease is the worker's own from now on: it lasts as long as it was given, whatever becomes of the session; until it ends it counts against the session's slots.</summary>
    public sealed record GoOn(LeaseToken Lease) : NoteRequest(Lease);

    /// <summary>Start the attempt's time-out anew.</summary>
    /// <param name="Lease">Which attempt.</param>
    /// <param name="Until">When it shall time out instead, Unix milliseconds: later than now planned, at most a day from now; 0: not said.</param>
    public sealed record Extend(LeaseToken Lease, long Until = 0) : NoteRequest(Lease);
}
