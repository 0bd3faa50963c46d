namespace Worcr.Grains;

/// <summary>An envelope whose reply somebody awaits.</summary>
public sealed class EnvelopeOf<TReply>(object request, CancellationToken cancel) : Envelope(request, cancel)
{
    private readonly TaskCompletionSource<TReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The reply.</summary>
    public Task<TReply> Task => _reply.Task;

    /// <inheritdoc />
    public override void Reply(object reply) => _reply.TrySetResult((TReply)reply);

    /// <inheritdoc />
    public override void Fail(Exception error) => _reply.TrySetException(error);
}
