namespace Worcr.Protocol;

/// <summary>A change of an adaptive limit.</summary>
/// <param name="At">When.</param>
/// <param name="Value">The value after it.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record LimitChangeDocument(DateTimeOffset At, int Value, string Reason);
