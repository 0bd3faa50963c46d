namespace Worcr.Grains;

/// <summary>Opens a worker session.</summary>
public sealed record RegisterRequest
{
    /// <summary>The worker's name, 1 to 255 characters.</summary>
    public required string Worker { get; init; }

    /// <summary>Types it takes; <c>*</c> is all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Queue labels it takes; empty is all.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>How many jobs it runs at once, 0 to 10,000.</summary>
    public required int Slots { get; init; }

    /// <summary>How many more it may be sent ahead; null: the dispatcher decides from how long jobs run.</summary>
    public int? Prefetch { get; init; }

    /// <summary>Leases it still holds from an earlier session.</summary>
    public IReadOnlyList<LeaseToken> Held { get; init; } = [];

    /// <summary>Whether leases that go on by themselves under the worker's name (<see cref="NoteRequest.GoOn"/>) count against its slots again.</summary>
    public bool Adopts { get; init; }

    /// <summary>How it is connected, such as <c>signalr</c>; for people.</summary>
    public string Transport { get; init; } = "";
}
