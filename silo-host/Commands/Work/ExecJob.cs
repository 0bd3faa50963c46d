namespace Worcr.SiloHost.Commands.Work;

/// <summary>What a program is told of its job.</summary>
public sealed record ExecJob
{
    /// <summary>The job's id.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of work.</summary>
    public required string Type { get; init; }

    /// <summary>On whose behalf.</summary>
    public required string Tenant { get; init; }

    /// <summary>The job's tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Attempt { get; init; }

    /// <summary>The right to run it, as text.</summary>
    public required string Lease { get; init; }

    /// <summary>UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Args { get; init; }

    /// <summary>JSON object of what earlier attempts saved.</summary>
    public string Checkpoints { get; init; } = "{}";

    /// <summary>Time for the attempt.</summary>
    public required TimeSpan Timeout { get; init; }
}
