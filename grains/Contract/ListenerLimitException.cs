namespace Worcr.Grains;

/// <summary>As many listeners as may be are there already.</summary>
public sealed class ListenerLimitException(int most) : Exception($"A namespace has at most {most} listeners.");
