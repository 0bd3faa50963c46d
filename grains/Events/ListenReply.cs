namespace Worcr.Grains.Events;

/// <summary>The place in which a listener finds its events; null: there are too many listeners.</summary>
internal sealed record ListenReply(EventListener? Listener);
