namespace Worcr.Grains;

/// <summary>Ends a job if it lives (its worker is told), and forgets it, history included: its id is free again. Refusals: not found, illegal transition.</summary>
public sealed record RemoveJobRequest(Guid Id, RemoveWhen When);
