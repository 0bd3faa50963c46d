namespace Worcr.Player;

/// <summary>What a worker says of itself when it registers.</summary>
internal sealed record HubRegistration
{
    public required string Worker { get; init; }

    public required IReadOnlyList<string> Types { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public int Slots { get; init; } = 1;

    public int? Prefetch { get; init; } = 0;

    public IReadOnlyList<string> Held { get; init; } = [];

    public string? Key { get; init; }
}
