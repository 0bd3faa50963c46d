namespace Worcr.Grains;

/// <summary>Asks what waits. Jobs that wait for their time are counted in the store: that costs a read over the live jobs of the namespace.</summary>
public abstract record BacklogRequest
{
    /// <summary>Types with jobs that are ready, wait for their time or run, or that were used lately, by name (ordinal), with their numbers.</summary>
    public sealed record Types : BacklogRequest;

    /// <summary>The numbers of one type; none when nothing is known of it.</summary>
    public sealed record Sizes(string Type) : BacklogRequest;

    /// <summary>Ready jobs of a type in the order in which their lanes give them out.</summary>
    public sealed record Ready(string Type, long Offset, int Limit) : BacklogRequest;

    /// <summary>Jobs of a type that wait for their time, the earliest first.</summary>
    public sealed record Waiting(string Type, long Offset, int Limit) : BacklogRequest;
}
