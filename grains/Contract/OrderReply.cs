namespace Worcr.Grains;

/// <summary>What stands for the worker now, or a refusal.</summary>
/// <param name="Order">The order that stands; null: none.</param>
/// <param name="Sessions">Sessions and waiting polls of the worker now.</param>
/// <param name="Held">Jobs that it holds now.</param>
/// <param name="Refusal">Why nothing was changed, or null.</param>
public sealed record OrderReply(OrderView? Order, int Sessions, int Held, Refusal? Refusal = null);
