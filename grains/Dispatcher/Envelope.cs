namespace Worcr.Grains;

/// <summary>A request on its way to the dispatcher, with the place for its reply.</summary>
public abstract class Envelope(object request, CancellationToken cancel)
{
    /// <summary>The request message.</summary>
    public object Request { get; } = request;

    /// <summary>The caller has gone when this is cancelled.</summary>
    public CancellationToken Cancel { get; } = cancel;

    /// <summary>When it came into the inbox, Unix milliseconds by the host's clock; 0: not measured.</summary>
    public long ArrivedAt { get; init; }

    /// <summary>How many messages it found in the inbox.</summary>
    public int Ahead { get; init; }

    /// <summary>Answers.</summary>
    public abstract void Reply(object reply);

    /// <summary>Gives up.</summary>
    public abstract void Fail(Exception error);
}
