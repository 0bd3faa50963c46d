namespace Worcr.Simulation.World;

/// <summary>What a producer asked for. Found again by its arguments: nobody copies those.</summary>
internal sealed record JobSpec
{
    /// <summary>The request it came in.</summary>
    public required int Batch { get; init; }

    /// <summary>How many jobs that request has.</summary>
    public required int Size { get; init; }

    /// <summary>Whether none of them can be a duplicate, so that they are stored all or none.</summary>
    public required bool IsPlain { get; init; }

    public required Job Job { get; init; }

    /// <summary>The template it was made from, or null.</summary>
    public string? Template { get; init; }

    /// <summary>The due time as asked for.</summary>
    public required long DueAt { get; init; }
}
