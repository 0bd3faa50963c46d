using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Work;

/// <summary>What <c>worcr work</c> was asked to do.</summary>
public sealed record WorkSettings
{
    /// <summary>The server.</summary>
    public required ServerAddress Server { get; init; }

    /// <summary>Types it takes.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>The worker's tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Queue labels it takes; empty is all.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Programs that run at once.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>The worker's name, or null: machine and process.</summary>
    public string? Name { get; init; }

    /// <summary>Time for one attempt, when it is to be shorter than the job's own.</summary>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>How long after SIGTERM a program is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long programs may go on when the worker drains.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Say nothing of jobs that went well.</summary>
    public bool Quiet { get; init; }
}
